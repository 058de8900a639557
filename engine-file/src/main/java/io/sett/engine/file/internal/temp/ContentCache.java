// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.temp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Content of small files read last, bounded by bytes, least recently used out first. Safe for many threads. */
final class ContentCache {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, byte[]> contents = new LinkedHashMap<>(16, 0.75f, true);
    private final long maxBytes;
    private long bytes;

    ContentCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    byte @Nullable [] get(String id) {
        lock.lock();
        try {
            return contents.get(id);
        } finally {
            lock.unlock();
        }
    }

    void put(String id, byte[] content) {
        if (content.length > maxBytes) {
            return;
        }
        lock.lock();
        try {
            byte[] before = contents.put(id, content);
            bytes += content.length - (before == null ? 0 : before.length);
            var eldest = contents.entrySet().iterator();
            while (bytes > maxBytes) {
                bytes -= eldest.next().getValue().length;
                eldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    void remove(String id) {
        lock.lock();
        try {
            byte[] before = contents.remove(id);
            bytes -= before == null ? 0 : before.length;
        } finally {
            lock.unlock();
        }
    }
}
