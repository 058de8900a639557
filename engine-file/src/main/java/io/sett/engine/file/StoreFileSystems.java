// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file;

import io.sett.api.file.FileStore;
import io.sett.engine.file.internal.nio.StoreFileSystem;
import java.nio.file.FileSystem;

/**
 * Shows a file store as a {@link FileSystem}, for code that works on {@link java.nio.file.Path}.
 *
 * <pre>{@code
 * Path root = StoreFileSystems.of(files).getPath("/");
 * Files.copy(Path.of("report.pdf"), root.resolve("report.pdf"));
 * }</pre>
 *
 * <p>The view can list, walk, read from any position, write from front to back, append, copy, move, delete and tell
 * basic attributes. A file appears when it is closed, whole, in place of an older one; one that is never closed does
 * not. The names are those of the store: what it refuses is a {@link java.nio.file.FileSystemException}. Not
 * offered, and refused with {@link UnsupportedOperationException}: writing into the middle of a file, links, owners and
 * permissions, {@code WatchService} (use {@link FileStore#watch}). Times are the store's own: setting them does
 * nothing. Directories with content cannot be moved.
 *
 * <p>Threads: any. Closing the view does not close the store.
 */
public final class StoreFileSystems {

    private StoreFileSystems() {
    }

    /** A view for reading and writing. */
    public static FileSystem of(FileStore store) {
        return new StoreFileSystem(store, false);
    }

    /** A view through which nothing can be changed. */
    public static FileSystem readOnly(FileStore store) {
        return new StoreFileSystem(store, true);
    }
}
