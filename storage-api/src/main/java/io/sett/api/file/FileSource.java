// SPDX-License-Identifier: Apache-2.0
package io.sett.api.file;

import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.stream.Stream;

/**
 * The reading side of a file store. Thread-safe.
 *
 * <p>A name that is absent, or is a directory where a file is needed, throws
 * {@link io.sett.api.error.KeyNotFoundException} with {@code FILE_NOT_FOUND}. Content that does not match its checksum
 * throws {@link io.sett.api.error.CorruptionException} with {@code FILE_CORRUPTED}.
 */
public interface FileSource {

    /**
     * The whole content; the array belongs to the caller.
     *
     * @throws io.sett.api.error.LimitExceededException with {@code ENTRY_TOO_LARGE} when it does not fit into an array
     */
    default byte[] load(String name) {
        try (FileInput in = openRead(name)) {
            return in.readAllBytes();
        }
    }

    /**
     * A range of the content. What lies behind the end is not returned: the array is shorter then, or empty.
     *
     * @param offset where to begin, in bytes; not negative
     * @param length how many bytes at most; not negative
     */
    default byte[] load(String name, long offset, int length) {
        try (FileInput in = openRead(name, offset, length)) {
            return in.readNBytes(length);
        }
    }

    /** Opens a file to be read from front to back. */
    FileInput openRead(String name);

    /**
     * Opens a range of a file. What lies behind the end is missing; the range is empty when it begins there.
     *
     * @param offset where to begin, in bytes; not negative
     * @param length how many bytes at most; not negative, {@link Long#MAX_VALUE} for everything up to the end
     */
    FileInput openRead(String name, long offset, long length);

    /** Opens a file as a channel for reading from any position, see {@link FileInput#asChannel}. Close it. */
    default SeekableByteChannel openChannel(String name) {
        return openRead(name).asChannel();
    }

    /** Whether there is a file or directory of that name. */
    boolean exists(String name);

    /** What the store knows of a file or directory ({@code ""}: the root), without reading the content. */
    FileInfo info(String name);

    /**
     * The files that lie directly in a directory, without its directories, sorted by name.
     *
     * @param directory {@code ""}: the root
     * @param pattern matched against the last part of the name
     */
    List<FileInfo> list(String directory, String pattern);

    /**
     * All files below a directory, at any depth, found while the stream is consumed. Files that come or go meanwhile
     * are met or not. Close the stream; it is for one thread at a time. The order is undefined.
     *
     * @param directory {@code ""}: the root
     * @param pattern matched against the name as seen from the directory, with its {@code '/'}
     */
    Stream<FileInfo> walk(String directory, String pattern);

    /**
     * The directories that lie directly in a directory, sorted by name.
     *
     * @param directory {@code ""}: the root
     */
    List<FileInfo> directories(String directory);

    /**
     * Watches the files below a directory, at any depth, from now on; the directory need not exist. Close the watch.
     * Needs the capability {@code WATCH}.
     *
     * @param directory {@code ""}: the root
     * @param pattern matched against the name as seen from the directory, with its {@code '/'}
     */
    FileWatch watch(String directory, String pattern);
}
