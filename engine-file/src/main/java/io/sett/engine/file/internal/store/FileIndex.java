// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.store;

import io.sett.engine.file.internal.format.Footer;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Footers of the files asked for last, each valid as long as the file has the same length, time and identity; so a file
 * changed behind the store's back is noticed. Safe for many threads.
 */
final class FileIndex {

    private record Known(long size, FileTime modified, @Nullable Object identity, Footer footer) {
        boolean fits(BasicFileAttributes attributes) {
            return size == attributes.size() && modified.equals(attributes.lastModifiedTime())
                    && (identity == null || identity.equals(attributes.fileKey()));
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final int capacity;
    private final Map<Path, Known> entries;

    FileIndex(int capacity) {
        this.capacity = capacity;
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Path, Known> eldest) {
                return size() > FileIndex.this.capacity;
            }
        };
    }

    Optional<Footer> find(Path file, BasicFileAttributes attributes) {
        lock.lock();
        try {
            return Optional.ofNullable(entries.get(file)).filter(entry -> entry.fits(attributes)).map(Known::footer);
        } finally {
            lock.unlock();
        }
    }

    /** The name is now that of another file, which may have length, time and identity of the old one all the same. */
    void forget(Path file) {
        lock.lock();
        try {
            entries.remove(file);
        } finally {
            lock.unlock();
        }
    }

    void put(Path file, BasicFileAttributes attributes, Footer footer) {
        if (capacity == 0) {
            return;
        }
        lock.lock();
        try {
            entries.put(file,
                    new Known(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey(), footer));
        } finally {
            lock.unlock();
        }
    }
}
