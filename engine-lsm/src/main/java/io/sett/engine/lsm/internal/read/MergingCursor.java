// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.read;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.EntryPosition;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import java.util.List;

/**
 * Several cursors as one, in both directions. A binary heap of the sources by their keys; each source's key is kept
 * beside it with its first eight bytes as a number, so that most comparisons look at two longs. A move on one source
 * costs one or two comparisons as long as the same source stays ahead.
 *
 * <p>An entry that is in several sources appears several times, that of the source named first coming first when going
 * on.
 */
public final class MergingCursor implements InternalCursor {

    /** A source and where it stands. */
    private static final class Source extends EntryPosition {
        final InternalCursor cursor;
        final int rank;
        long head;

        Source(InternalCursor cursor, int rank) {
            this.cursor = cursor;
            this.rank = rank;
        }

        void load() {
            cursor.read(this);
            head = Bytes.head(keyArray(), keyOffset(), keyLength());
        }
    }

    private final Source[] sources;
    private final Source[] heap;
    private int size;
    private boolean backward;
    private byte[] keyCopy = Bytes.EMPTY;

    /** Over these sources, which it closes with itself. The first one wins ties. */
    public MergingCursor(List<? extends InternalCursor> cursors) {
        sources = new Source[cursors.size()];
        heap = new Source[cursors.size()];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = new Source(cursors.get(i), i);
        }
    }

    @Override
    public boolean first() {
        begin(false);
        for (Source source : sources) {
            put(source, source.cursor.first());
        }
        return order();
    }

    @Override
    public boolean last() {
        begin(true);
        for (Source source : sources) {
            put(source, source.cursor.last());
        }
        return order();
    }

    @Override
    public boolean seek(byte[] userKey, int offset, int length, long trailer) {
        begin(false);
        for (Source source : sources) {
            put(source, source.cursor.seek(userKey, offset, length, trailer));
        }
        return order();
    }

    @Override
    public boolean seekForPrev(byte[] userKey, int offset, int length, long trailer) {
        begin(true);
        for (Source source : sources) {
            put(source, source.cursor.seekForPrev(userKey, offset, length, trailer));
        }
        return order();
    }

    @Override
    public boolean next() {
        if (backward) {
            turn(false);
        }
        Source top = heap[0];
        return moved(top, top.cursor.next());
    }

    @Override
    public boolean prev() {
        if (!backward) {
            turn(true);
        }
        Source top = heap[0];
        return moved(top, top.cursor.prev());
    }

    private boolean moved(Source top, boolean positioned) {
        if (positioned) {
            top.load();
        } else {
            heap[0] = heap[--size];
        }
        if (size > 1) {
            sink(0);
        }
        return size > 0;
    }

    /** Brings all other sources to the other side of the present entry, which stays on top. */
    private void turn(boolean toBackward) {
        Source top = heap[0];
        int length = top.keyLength();
        keyCopy = Bytes.atLeast(keyCopy, length);
        System.arraycopy(top.keyArray(), top.keyOffset(), keyCopy, 0, length);
        long trailer = top.trailer();
        begin(toBackward);
        for (Source source : sources) {
            if (source == top) {
                put(source, true);
                continue;
            }
            InternalCursor cursor = source.cursor;
            boolean positioned = toBackward ? cursor.seekForPrev(keyCopy, 0, length, trailer)
                    : cursor.seek(keyCopy, 0, length, trailer);
            if (positioned && cursor.trailer() == trailer && Bytes.equal(cursor.keyArray(), cursor.keyOffset(),
                    cursor.keyLength(), keyCopy, 0, length)) {
                positioned = toBackward ? cursor.prev() : cursor.next();
            }
            put(source, positioned);
        }
        order();
    }

    private void begin(boolean toBackward) {
        backward = toBackward;
        size = 0;
    }

    private void put(Source source, boolean positioned) {
        if (positioned) {
            source.load();
            heap[size++] = source;
        }
    }

    private boolean order() {
        for (int i = (size >>> 1) - 1; i >= 0; i--) {
            sink(i);
        }
        return size > 0;
    }

    private void sink(int from) {
        Source source = heap[from];
        int at = from;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBefore(heap[child], source)) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = source;
    }

    private boolean isBefore(Source left, Source right) {
        if (left.head != right.head) {
            return left.head < right.head != backward;
        }
        int order = InternalKey.compare(left.keyArray(), left.keyOffset(), left.keyLength(), left.trailer(),
                right.keyArray(), right.keyOffset(), right.keyLength(), right.trailer());
        if (order == 0) {
            order = Integer.compare(left.rank, right.rank);
        }
        return order < 0 != backward;
    }

    @Override
    public boolean isPositioned() {
        return size > 0;
    }

    @Override
    public void read(EntryPosition into) {
        into.set(heap[0]);
    }

    @Override
    public byte[] keyArray() {
        return heap[0].keyArray();
    }

    @Override
    public int keyOffset() {
        return heap[0].keyOffset();
    }

    @Override
    public int keyLength() {
        return heap[0].keyLength();
    }

    @Override
    public long trailer() {
        return heap[0].trailer();
    }

    @Override
    public byte[] cellArray() {
        return heap[0].cellArray();
    }

    @Override
    public int cellOffset() {
        return heap[0].cellOffset();
    }

    @Override
    public int cellLength() {
        return heap[0].cellLength();
    }

    @Override
    public void close() {
        size = 0;
        for (Source source : sources) {
            source.cursor.close();
        }
    }
}
