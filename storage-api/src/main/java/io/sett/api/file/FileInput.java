// SPDX-License-Identifier: Apache-2.0
package io.sett.api.file;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.LimitExceededException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/**
 * An open file, or a range of one, to be read from front to back or from any position.
 *
 * <p>Shows the content that the file had when it was opened, whatever happens to the name meanwhile. For one thread at
 * a time; close it. Its methods throw no {@link java.io.IOException} but the errors of this library; damage is reported
 * with {@code FILE_CORRUPTED} in place of the damaged bytes, or, where the store keeps only a checksum of the whole, in
 * place of the end. Memory use does not depend on the length of the file.
 */
public abstract class FileInput extends InputStream {

    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    /** For engines. */
    protected FileInput() {
    }

    /** How many bytes are still to come. */
    public abstract long remaining();

    /** How many bytes of the file, or of its range, lie before the next one. */
    public abstract long position();

    /**
     * Goes to a position; the cost does not depend on how far that is. What is read then is still checked where the
     * store keeps checksums of parts, but the checksum of the whole can no longer be.
     *
     * @param position counted from the beginning of the file or of its range; behind the end means the end
     * @throws io.sett.api.error.InvalidOperationException with {@code INVALID_ARGUMENT} when it is negative
     */
    public abstract void seek(long position);

    /**
     * The same file as a channel for reading, with the same position; closing one closes the other. Writing methods
     * throw {@link java.nio.channels.NonWritableChannelException}, all others the errors of this library.
     */
    public final SeekableByteChannel asChannel() {
        return new InputChannel(this);
    }

    /** {@inheritDoc} */
    @Override
    public abstract int read(byte[] target, int offset, int length);

    /** Closes the file; idempotent. Reading on throws with {@code SCOPE_ENDED}. */
    @Override
    public abstract void close();

    /** {@inheritDoc} */
    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** {@inheritDoc} */
    @Override
    public int read(byte[] target) {
        return read(target, 0, target.length);
    }

    /** {@inheritDoc} */
    @Override
    public int readNBytes(byte[] target, int offset, int length) {
        int done = 0;
        while (done < length) {
            int count = read(target, offset + done, length - done);
            if (count < 0) {
                break;
            }
            done += count;
        }
        return done;
    }

    /** {@inheritDoc} */
    @Override
    public byte[] readNBytes(int length) {
        Checks.notNegative(length, "length");
        byte[] target = new byte[(int) Math.min(length, Math.min(remaining(), MAX_ARRAY))];
        int done = readNBytes(target, 0, target.length);
        return done == target.length ? target : Arrays.copyOf(target, done);
    }

    /**
     * Everything that is still to come, in one array, the check of the whole included.
     *
     * @throws LimitExceededException with {@link ErrorCode#ENTRY_TOO_LARGE} when it does not fit into an array
     */
    @Override
    public byte[] readAllBytes() {
        long length = remaining();
        if (length > MAX_ARRAY) {
            throw new LimitExceededException(ErrorCode.ENTRY_TOO_LARGE, "The file still has " + length
                    + " bytes, an array takes at most " + MAX_ARRAY + "; read it as a stream or by ranges");
        }
        byte[] all = readNBytes((int) length);
        read(); // reaching the end is what lets a store check the whole
        return all;
    }

    /** {@inheritDoc} */
    @Override
    public long skip(long count) {
        byte[] scratch = new byte[(int) Math.max(0, Math.min(count, 8192))];
        long done = 0;
        while (done < count) {
            int step = read(scratch, 0, (int) Math.min(scratch.length, count - done));
            if (step < 0) {
                break;
            }
            done += step;
        }
        return done;
    }

    /** {@inheritDoc} */
    @Override
    public int available() {
        return (int) Math.min(remaining(), Integer.MAX_VALUE);
    }
}
