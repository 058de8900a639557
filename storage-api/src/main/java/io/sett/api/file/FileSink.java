// SPDX-License-Identifier: Apache-2.0
package io.sett.api.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/**
 * The writing side of a file store. Thread-safe; missing directories on the way are made.
 *
 * <p>Every method shows its result all at once or not at all, see the package description. A name that is a directory
 * is {@code FILE_ALREADY_EXISTS}. A file longer than the limit of the store is {@code ENTRY_TOO_LARGE}.
 */
public interface FileSink {

    /** Writes a file, in place of an older one, and forces it to the device. */
    default FileInfo save(String name, byte[] content) {
        return save(name, content, SaveOptions.defaults());
    }

    /** Writes a file. */
    default FileInfo save(String name, byte[] content, SaveOptions options) {
        try (FileOutput out = openWrite(name, options)) {
            out.write(content);
            return out.commit();
        }
    }

    /**
     * Writes a file from a stream, read to its end and left open; in place of an older file, and forced to the device.
     */
    default FileInfo save(String name, InputStream content) {
        return save(name, content, SaveOptions.defaults());
    }

    /**
     * Writes a file from a stream, which is read to its end and left open.
     *
     * @throws UncheckedIOException when the stream fails; nothing is stored
     */
    default FileInfo save(String name, InputStream content, SaveOptions options) {
        try (FileOutput out = openWrite(name, options)) {
            content.transferTo(out);
            return out.commit();
        } catch (IOException failed) {
            throw new UncheckedIOException("Reading the new content of file '" + name + "' failed", failed);
        }
    }

    /** Opens a file for writing, which will replace an older one and be forced to the device. */
    default FileOutput openWrite(String name) {
        return openWrite(name, SaveOptions.defaults());
    }

    /**
     * Opens a file for writing. Remember to {@link FileOutput#commit}.
     *
     * @throws io.sett.api.error.InvalidOperationException with {@code FILE_ALREADY_EXISTS} when overwriting is not
     *     allowed
     */
    FileOutput openWrite(String name, SaveOptions options);

    /** Writes a file by a function; commits when it returns normally and discards when it throws. */
    default FileInfo write(String name, Consumer<? super FileOutput> body) {
        return write(name, body, SaveOptions.defaults());
    }

    /**
     * Writes a file by a function; commits when it returns normally and discards when it throws.
     *
     * @param body must not commit itself; its exceptions reach the caller as they are
     */
    default FileInfo write(String name, Consumer<? super FileOutput> body, SaveOptions options) {
        try (FileOutput out = openWrite(name, options)) {
            body.accept(out);
            return out.commit();
        }
    }

    /**
     * Adds bytes at the end of a file, or makes the file. Appends of several threads take turns and never mix. The cost
     * may grow with the length of the file. Needs the capability {@code APPEND}.
     *
     * @return what the store now knows of the file
     */
    FileInfo append(String name, byte[] content);

    /**
     * Deletes a file.
     *
     * @throws io.sett.api.error.KeyNotFoundException with {@code FILE_NOT_FOUND} when there is no file of that name
     */
    void delete(String name);

    /** Deletes a file if there is one; tells whether there was. */
    boolean deleteIfExists(String name);
}
