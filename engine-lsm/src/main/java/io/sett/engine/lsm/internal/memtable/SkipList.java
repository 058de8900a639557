// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.memtable;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.EntryPosition;
import io.sett.engine.lsm.internal.base.InternalKey;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sorted entries, see the package page. Nodes are numbers:
 *
 * <pre>
 * ints of a node:  head high | head low | data | before | next at level 0 | next at level 1 …
 * bytes of data:   key length u32 | cell length u32 | trailer u64 | key | cell
 * </pre>
 * Node 0 is "none", node {@link #HEAD} precedes all. {@code before} leads back along level 0; it may still lead past a
 * node that is just being added, which no reader's version can see.
 */
final class SkipList {

    static final int HEAD = 1;

    private static final VarHandle LINK = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int MAX_HEIGHT = 14;
    private static final int CHUNK_BITS = 16;
    private static final int CHUNK_MASK = (1 << CHUNK_BITS) - 1;
    private static final int FIRST_CHUNK = 1 << 10;
    private static final int DATA = 2;
    private static final int BEFORE = 3;
    private static final int NEXT = 4;
    private static final int KEY_IN_DATA = 16;
    /** Nodes of at least this height, one in sixteen, are in the {@link Lane}. */
    private static final int LANE_HEIGHT = 3;
    /** Entries from which on there is one; it is made again when half as many more have come. */
    private static final int FIRST_LANE = 2048;
    /** Steps along the lane's level after which a search begins at the top after all. */
    private static final int LANE_STEPS = 32;

    private final KeyHead heads;
    private final Arena arena = new Arena();
    private int[][] chunks = new int[8][];
    private int chunkCount;
    private int position;
    private long nodeBytes;
    private volatile int height = 1;
    private long random;
    /** Where the last entry went: its neighbours at each level, for keys that come in order. */
    private final int[] before = new int[MAX_HEIGHT];
    private int lastAdded;
    private int lastHeight;
    /** Whether {@link #before} is right at all levels, or only below {@link #LANE_HEIGHT}. */
    private boolean knowsUpper = true;
    private int count;
    private int nextLane = FIRST_LANE;
    private volatile @Nullable Lane lane;

    SkipList(KeyHead heads, long seed) {
        this.heads = heads;
        this.random = seed | 1;
        Arrays.fill(before, HEAD);
        chunks[0] = new int[FIRST_CHUNK];
        chunkCount = 1;
        nodeBytes = FIRST_CHUNK * 4L;
        position = HEAD;
        newNode(MAX_HEIGHT);
    }

    /** Adds an entry and returns the array into which the caller writes the cell, from {@link #cellOffset} on. */
    int add(byte[] key, int offset, int length, long trailer, int cellLength) {
        int data = arena.allocate(Math.addExact(KEY_IN_DATA + length, cellLength));
        byte[] bytes = arena.chunk(data);
        int at = Arena.offset(data);
        Bytes.putInt(bytes, at, length);
        Bytes.putInt(bytes, at + 4, cellLength);
        Bytes.putLong(bytes, at + 8, trailer);
        System.arraycopy(key, offset, bytes, at + KEY_IN_DATA, length);
        return data;
    }

    /** Links the entry whose data is complete; the answer is its node. */
    int link(int data) {
        byte[] bytes = arena.chunk(data);
        int at = Arena.offset(data);
        int length = Bytes.getInt(bytes, at);
        long trailer = Bytes.getLong(bytes, at + 8);
        long head = heads.of(bytes, at + KEY_IN_DATA, length);
        int tall = randomHeight();
        findBefore(head, bytes, at + KEY_IN_DATA, length, trailer, tall);
        int node = newNode(tall);
        int[] chunk = chunks[node >>> CHUNK_BITS];
        int base = node & CHUNK_MASK;
        chunk[base] = (int) (head >>> 32);
        chunk[base + 1] = (int) head;
        chunk[base + DATA] = data;
        chunk[base + BEFORE] = before[0];
        if (tall > height) {
            height = tall;
        }
        int after = next(before[0], 0);
        for (int level = 0; level < tall; level++) {
            chunk[base + NEXT + level] = next(before[level], level);
            setNext(before[level], level, node);
        }
        if (after != 0) {
            LINK.setRelease(chunks[after >>> CHUNK_BITS], (after & CHUNK_MASK) + BEFORE, node);
        }
        lastAdded = node;
        lastHeight = tall;
        if (++count >= nextLane) {
            makeLane();
        }
        return node;
    }

    private void makeLane() {
        nextLane = count + count / 2;
        int length = 0;
        for (int node = next(HEAD, LANE_HEIGHT - 1); node != 0; node = next(node, LANE_HEIGHT - 1)) {
            length++;
        }
        if (length == 0) {
            return;
        }
        long[] laneHeads = new long[length];
        int[] nodes = new int[length];
        int index = 0;
        for (int node = next(HEAD, LANE_HEIGHT - 1); node != 0; node = next(node, LANE_HEIGHT - 1)) {
            laneHeads[index] = head(node);
            nodes[index++] = node;
        }
        lane = new Lane(laneHeads, nodes);
    }

    /** Fills {@link #before} with the last node below the key at each level. */
    private void findBefore(long head, byte[] key, int offset, int length, long trailer, int tall) {
        boolean lower = tall <= LANE_HEIGHT;
        if ((lower || knowsUpper) && lastAdded != 0 && compare(lastAdded, head, key, offset, length, trailer) < 0) {
            int after = next(lastAdded, 0);
            if (after == 0 || compare(after, head, key, offset, length, trailer) >= 0) {
                Arrays.fill(before, 0, lastHeight, lastAdded);
                return;
            }
        }
        if (lower) {
            int from = nodeInLane(head, key, offset, length, trailer);
            if (from != 0) {
                knowsUpper = false;
                descend(from, LANE_HEIGHT - 1, head, key, offset, length, trailer);
                return;
            }
        }
        knowsUpper = true;
        for (int level = MAX_HEIGHT - 1; level >= height; level--) {
            before[level] = HEAD;
        }
        descend(HEAD, height - 1, head, key, offset, length, trailer);
    }

    private void descend(int from, int top, long head, byte[] key, int offset, int length, long trailer) {
        int node = from;
        int known = 0;
        for (int level = top; level >= 0; ) {
            int next = next(node, level);
            if (next != 0 && next != known && compare(next, head, key, offset, length, trailer) < 0) {
                node = next;
            } else {
                known = next;
                before[level--] = node;
            }
        }
    }

    /** The last node below the key at the lane's level; 0 when there is no lane, or it does not lead near. */
    private int nodeInLane(long head, byte[] key, int offset, int length, long trailer) {
        Lane express = lane;
        int node = express == null ? 0 : express.before(head);
        for (int steps = 0; node != 0; steps++) {
            int next = next(node, LANE_HEIGHT - 1);
            if (next == 0 || compare(next, head, key, offset, length, trailer) >= 0) {
                return node;
            }
            node = steps == LANE_STEPS ? 0 : next;
        }
        return 0;
    }

    /** The first node at or behind the key; 0 when there is none. */
    int ceiling(byte[] key, int offset, int length, long trailer) {
        long head = heads.of(key, offset, length);
        int node = nodeInLane(head, key, offset, length, trailer);
        int level = node == 0 ? height - 1 : LANE_HEIGHT - 1;
        node = node == 0 ? HEAD : node;
        int known = 0;
        while (true) {
            int next = next(node, level);
            if (next != 0 && next != known && compare(next, head, key, offset, length, trailer) < 0) {
                node = next;
            } else if (level == 0) {
                return next;
            } else {
                known = next;
                level--;
            }
        }
    }

    /** The last node; HEAD when there is none. */
    int last() {
        int node = HEAD;
        for (int level = height - 1; level >= 0; ) {
            int next = next(node, level);
            if (next == 0) {
                level--;
            } else {
                node = next;
            }
        }
        return node;
    }

    int next(int node) {
        return next(node, 0);
    }

    int before(int node) {
        return (int) LINK.getAcquire(chunks[node >>> CHUNK_BITS], (node & CHUNK_MASK) + BEFORE);
    }

    private int next(int node, int level) {
        return (int) LINK.getAcquire(chunks[node >>> CHUNK_BITS], (node & CHUNK_MASK) + NEXT + level);
    }

    private void setNext(int node, int level, int next) {
        LINK.setRelease(chunks[node >>> CHUNK_BITS], (node & CHUNK_MASK) + NEXT + level, next);
    }

    private int compare(int node, long head, byte[] key, int offset, int length, long trailer) {
        long nodeHead = head(node);
        if (nodeHead != head) {
            return nodeHead < head ? -1 : 1;
        }
        int data = data(node);
        byte[] bytes = arena.chunk(data);
        int at = Arena.offset(data);
        return InternalKey.compare(bytes, at + KEY_IN_DATA, Bytes.getInt(bytes, at), Bytes.getLong(bytes, at + 8), key,
                offset, length, trailer);
    }

    private long head(int node) {
        int[] chunk = chunks[node >>> CHUNK_BITS];
        int base = node & CHUNK_MASK;
        return (long) chunk[base] << 32 | chunk[base + 1] & 0xffffffffL;
    }

    int data(int node) {
        return chunks[node >>> CHUNK_BITS][(node & CHUNK_MASK) + DATA];
    }

    void read(int data, EntryPosition into) {
        byte[] bytes = arena.chunk(data);
        int at = Arena.offset(data);
        int key = at + KEY_IN_DATA;
        int keyLength = Bytes.getInt(bytes, at);
        into.setKey(bytes, key, keyLength, Bytes.getLong(bytes, at + 8));
        into.setCell(bytes, key + keyLength, Bytes.getInt(bytes, at + 4));
    }

    boolean hasKey(int data, byte[] key, int offset, int length) {
        byte[] bytes = arena.chunk(data);
        int at = Arena.offset(data);
        return Bytes.equal(bytes, at + KEY_IN_DATA, Bytes.getInt(bytes, at), key, offset, length);
    }

    boolean hasSameKey(int data, int other) {
        byte[] bytes = arena.chunk(other);
        int at = Arena.offset(other);
        return hasKey(data, bytes, at + KEY_IN_DATA, Bytes.getInt(bytes, at));
    }

    byte[] array(int data) {
        return arena.chunk(data);
    }

    int keyOffset(int data) {
        return Arena.offset(data) + KEY_IN_DATA;
    }

    int keyLength(int data) {
        return Bytes.getInt(arena.chunk(data), Arena.offset(data));
    }

    int cellOffset(int data) {
        return keyOffset(data) + keyLength(data);
    }

    int cellLength(int data) {
        return Bytes.getInt(arena.chunk(data), Arena.offset(data) + 4);
    }

    long trailer(int data) {
        return Bytes.getLong(arena.chunk(data), Arena.offset(data) + 8);
    }

    /** Bytes of all chunks. */
    long allocated() {
        Lane express = lane;
        return nodeBytes + arena.allocated() + (express == null ? 0 : express.bytes());
    }

    private int newNode(int tall) {
        int ints = NEXT + tall;
        if (position + ints > chunks[chunkCount - 1].length) {
            int length = Math.min(1 << CHUNK_BITS, chunks[chunkCount - 1].length * 2);
            if (chunkCount == chunks.length) {
                chunks = Arrays.copyOf(chunks, chunkCount * 2);
            }
            chunks[chunkCount++] = new int[length];
            nodeBytes += length * 4L + 16;
            position = 0;
        }
        int node = chunkCount - 1 << CHUNK_BITS | position;
        position += ints;
        return node;
    }

    /** One more level with a chance of one in four (xorshift, Marsaglia 2003). */
    private int randomHeight() {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return 1 + Math.min(MAX_HEIGHT - 1, Long.numberOfTrailingZeros(random | Long.MIN_VALUE) >>> 1);
    }
}
