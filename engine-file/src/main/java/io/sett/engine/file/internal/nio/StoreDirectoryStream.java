// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.nio;

import io.sett.api.file.FileInfo;
import io.sett.api.file.FileStore;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/** The entries that a directory had when it was opened, sorted by name. For one thread. */
final class StoreDirectoryStream implements DirectoryStream<Path> {

    private final List<Path> entries;
    private boolean used;
    private boolean closed;

    private StoreDirectoryStream(List<Path> entries) {
        this.entries = entries;
    }

    static StoreDirectoryStream open(StorePath directory, Filter<? super Path> filter) throws IOException {
        List<FileInfo> found = Translation.call(directory, () -> {
            FileStore store = directory.getFileSystem().store();
            List<FileInfo> all = new ArrayList<>(store.directories(directory.storeName()));
            all.addAll(store.list(directory.storeName(), ""));
            return all;
        });
        found.sort(Comparator.comparing(FileInfo::name));
        List<Path> paths = new ArrayList<>();
        for (FileInfo info : found) {
            Path path = directory.resolve(info.fileName());
            if (filter.accept(path)) {
                paths.add(path);
            }
        }
        return new StoreDirectoryStream(paths);
    }

    /** After close there are no more entries, as the interface asks. */
    @Override
    public Iterator<Path> iterator() {
        if (used || closed) {
            throw new IllegalStateException("a directory stream is iterated once, before it is closed");
        }
        used = true;
        Iterator<Path> all = entries.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !closed && all.hasNext();
            }

            @Override
            public Path next() {
                return all.next();
            }
        };
    }

    @Override
    public void close() {
        closed = true;
    }
}
