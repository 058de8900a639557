// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.memtable;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.LimitExceededException;
import java.util.Arrays;
import java.util.Map;

/**
 * Byte chunks from which one thread takes pieces that are never given back singly. A reference is the number of the
 * chunk and the offset in it, in units of eight bytes. Chunks grow from 16 KiB to 1 MiB; a larger piece gets a chunk of
 * its own.
 *
 * <p>Threads: one allocates. Others may follow a reference that was published to them by a release.
 */
final class Arena {

    private static final int OFFSET_BITS = 17;
    private static final int OFFSET_MASK = (1 << OFFSET_BITS) - 1;
    private static final int MAX_CHUNKS = 1 << 32 - OFFSET_BITS;
    private static final int FIRST_CHUNK = 16 * 1024;
    private static final int MAX_CHUNK = 1 << OFFSET_BITS + 3;

    private byte[][] chunks = new byte[8][];
    private int count;
    private int current = -1;
    private int position;
    private int nextSize = FIRST_CHUNK;
    private long allocated;

    /** Takes a piece and returns its reference. */
    int allocate(int length) {
        int aligned = Math.addExact(length, 7) & ~7;
        if (aligned > MAX_CHUNK / 4) {
            return addChunk(aligned) << OFFSET_BITS;
        }
        if (current < 0 || position + aligned > chunks[current].length) {
            while (nextSize < aligned) {
                nextSize *= 2;
            }
            current = addChunk(nextSize);
            position = 0;
            nextSize = Math.min(MAX_CHUNK, nextSize * 2);
        }
        int reference = current << OFFSET_BITS | position >>> 3;
        position += aligned;
        return reference;
    }

    private int addChunk(int length) {
        if (count == MAX_CHUNKS) {
            throw new LimitExceededException(ErrorCode.MEMORY_EXHAUSTED, "a memtable cannot have more than "
                    + MAX_CHUNKS + " chunks; make mem_table_size smaller", Map.of("limit", MAX_CHUNKS));
        }
        byte[] chunk = new byte[length];
        if (count == chunks.length) {
            chunks = Arrays.copyOf(chunks, count * 2);
        }
        chunks[count] = chunk;
        allocated += length + 16L;
        return count++;
    }

    byte[] chunk(int reference) {
        return chunks[reference >>> OFFSET_BITS];
    }

    static int offset(int reference) {
        return (reference & OFFSET_MASK) << 3;
    }

    /** Bytes of all chunks. */
    long allocated() {
        return allocated;
    }
}
