// SPDX-License-Identifier: Apache-2.0
package io.sett.api.file;

import java.io.OutputStream;
import java.nio.channels.WritableByteChannel;

/**
 * A file being written. Nothing of it is visible before {@link #commit}; closing it without a commit discards it.
 *
 * <pre>{@code
 * try (FileOutput out = store.openWrite("big.bin")) {
 *     source.transferTo(out);
 *     out.commit();
 * }
 * }</pre>
 *
 * <p>For one thread at a time. Its methods throw no {@link java.io.IOException} but the errors of this library. After a
 * method failed, the file can only be closed. Memory use does not depend on the length of the file.
 */
public abstract class FileOutput extends OutputStream {

    /** For engines. */
    protected FileOutput() {
    }

    /** How many bytes have been written so far. */
    public abstract long position();

    /** {@inheritDoc} */
    @Override
    public abstract void write(byte[] source, int offset, int length);

    /**
     * Makes the whole content visible under its name, at once, and ends the writing.
     *
     * @return what the store now knows of the file
     * @throws io.sett.api.error.InvalidOperationException with {@code FILE_ALREADY_EXISTS} when overwriting was not
     *     allowed and somebody else was first
     * @throws io.sett.api.error.CorruptionException with {@code FILE_CORRUPTED} when the content has not the expected
     *     checksum
     * @throws io.sett.api.error.ClosedException with {@code SCOPE_ENDED} when it was committed or closed before
     */
    public abstract FileInfo commit();

    /**
     * The same file as a channel. Closing it closes this output, so commit first. Its methods throw the errors of this
     * library.
     */
    public final WritableByteChannel asChannel() {
        return new OutputChannel(this);
    }

    /** Ends the writing; without a commit before, nothing remains of it. Idempotent. */
    @Override
    public abstract void close();

    /** {@inheritDoc} */
    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    /** {@inheritDoc} */
    @Override
    public void write(byte[] source) {
        write(source, 0, source.length);
    }

    /** Does nothing: there is nothing to show before the commit. */
    @Override
    public void flush() {
    }
}
