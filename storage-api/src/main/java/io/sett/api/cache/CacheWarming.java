// SPDX-License-Identifier: Apache-2.0
package io.sett.api.cache;

import java.nio.file.Path;
import java.util.stream.Stream;

/** Filling a cache before its first users come, and keeping its content over a restart. Thread-safe. */
public interface CacheWarming {

    /**
     * Stores the entries of a stream whose keys are absent, so that nothing newer is overwritten. Consumes and closes
     * the stream in the calling thread. Entries that the cache refuses as too large are passed over.
     *
     * @return how many entries have been stored
     */
    long warmUp(Stream<CacheEntry> entries);

    /**
     * Writes all live entries with their expiry times to a file, in place of an older one; a crash leaves the old or
     * the new file. Other threads may go on using the cache: the snapshot is weakly consistent like
     * {@link CachePatterns}. Needs the capability {@code CACHE_SNAPSHOT}.
     *
     * @throws io.sett.api.error.StorageUnavailableException when the file cannot be written
     * @throws io.sett.api.error.OutOfSpaceException when the disk is full
     */
    CacheSnapshotResult saveSnapshot(Path file);

    /**
     * Stores the entries of a snapshot file that have not expired and whose keys are absent. The file is checked as a
     * whole before the first entry is stored. Needs the capability {@code CACHE_SNAPSHOT}.
     *
     * @throws io.sett.api.error.KeyNotFoundException with {@code FILE_NOT_FOUND}
     * @throws io.sett.api.error.CorruptionException with {@code FILE_CORRUPTED}; the cache is unchanged
     * @throws io.sett.api.error.FormatVersionException when it is not a snapshot, or of a newer version
     */
    CacheSnapshotResult loadSnapshot(Path file);
}
