// SPDX-License-Identifier: Apache-2.0
package io.sett.api.common;

import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import java.nio.ByteBuffer;

/**
 * The lifetime of slices: all slices made by a scope die together when it {@linkplain #end() ends}.
 *
 * <p>For authors of engines: a cursor owns one scope and ends it at each move, so that a slice of the previous entry
 * throws instead of showing other bytes. A scope can be used again after its end; slices made before stay dead.
 *
 * <p>Threads: ending and reading must be ordered by the engine (one thread, or a lock). Memory behind a slice must stay
 * readable for as long as a buffer over it is reachable, so that a race shows at worst the bytes of the slice's own
 * entry and never crashes.
 */
public final class SliceScope {

    private final String what;
    private int generation;

    /**
     * A scope.
     *
     * @param what named in the error of a dead slice, for example {@code "the cursor position"}
     */
    public SliceScope(String what) {
        this.what = what;
    }

    /** A slice of an array, alive until this scope ends. The array is not copied. */
    public Slice slice(byte[] array, int offset, int length) {
        return new Slice(array, null, offset, length, this, generation);
    }

    /** A slice of a buffer from an absolute position on, alive until this scope ends. Not copied. */
    public Slice slice(ByteBuffer buffer, int offset, int length) {
        return new Slice(null, buffer, offset, length, this, generation);
    }

    /** Ends the life of all slices made so far. */
    public void end() {
        generation++;
    }

    int generation() {
        return generation;
    }

    ClosedException ended() {
        return new ClosedException(ErrorCode.SCOPE_ENDED, "this slice belongs to " + what
                + ", which has ended; read it before, or keep a copy made by toByteArray()");
    }
}
