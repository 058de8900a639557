// SPDX-License-Identifier: Apache-2.0
package io.sett.api.file;

import io.sett.api.common.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * Files under portable names in one tree: whole, as streams, by ranges; written atomically, checked when read.
 *
 * <p><b>Threads.</b> Every method may be called by any number of threads; streams are for one thread at a time.
 * <b>Bytes.</b> Arrays passed in are consumed before the call returns, returned ones belong to the caller.
 * <b>Errors.</b> See the package description, which also defines names and patterns. <b>Cost.</b> Proportional to the
 * bytes moved; a save with {@code sync} waits for the device. Streams need constant memory.
 *
 * <pre>{@code
 * files.save("reports/may.txt", bytes);
 * byte[] back = files.load("reports/may.txt");
 * List<FileInfo> all = files.list("reports", "*.txt");
 * }</pre>
 */
public interface FileStore extends Store, FileSource, FileSink, FileTree {

    /** How much is stored and how much more may be. May have to count the files. */
    FileStoreUsage usage();

    /**
     * Reads a file to its end and compares its checksum.
     *
     * @throws io.sett.api.error.CorruptionException with {@code FILE_CORRUPTED} when it does not match
     * @throws io.sett.api.error.KeyNotFoundException with {@code FILE_NOT_FOUND}
     */
    default void verify(String name) {
        try (FileInput in = openRead(name)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException impossible) {
            throw new UncheckedIOException("Reading file '" + name + "' failed", impossible);
        }
    }

    /**
     * The same store with another time limit for each call through the returned view, streams included call by call.
     * Cheap: a small object. Closing the view does not close the store.
     *
     * @param timeout more than zero; otherwise {@code INVALID_ARGUMENT}
     */
    FileStore withTimeout(Duration timeout);
}
