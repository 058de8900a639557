// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.temp;

import io.sett.api.file.TempFileInfo;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** What is known of one temporary file or directory. The lock of {@link TempEntries} guards its changing fields. */
final class TempEntry {

    final String id;
    final Path path;
    final boolean directory;
    final long createdMillis;
    long expiresMillis;
    long size;
    boolean removed;

    TempEntry(String id, Path path, boolean directory, long createdMillis, long expiresMillis) {
        this.id = id;
        this.path = path;
        this.directory = directory;
        this.createdMillis = createdMillis;
        this.expiresMillis = expiresMillis;
    }

    boolean isLive(long nowMillis) {
        return !removed && expiresMillis > nowMillis;
    }

    TempFileInfo info(long currentSize) {
        return new TempFileInfo(id, currentSize, Instant.ofEpochMilli(createdMillis),
                Optional.of(Instant.ofEpochMilli(expiresMillis)), directory);
    }
}
