// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.version;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageException;
import io.sett.api.error.StorageUnavailableException;
import io.sett.engine.lsm.internal.base.Damage;
import io.sett.engine.lsm.internal.codec.FileHeader;
import io.sett.engine.lsm.internal.io.FileNames;
import io.sett.engine.lsm.internal.io.StoreDirectory;
import io.sett.spi.log.Loggers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The one owner of the set of live files: applies edits, durably, and says when a table may be deleted.
 *
 * <p>An edit is in the manifest and forced before the new version can be seen and before any file that it drops is
 * deleted. A table is deleted when no version that is still held names it.
 *
 * <p>Threads: any. Edits are applied one after the other.
 */
public final class VersionSet implements AutoCloseable {

    private static final Logger LOG = Loggers.of(VersionSet.class);
    /** The manifest is written anew when it is this long and longer than four times what it says. */
    private static final long REWRITE_BYTES = 1 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final @Nullable StoreDirectory directory;
    private final UUID storeId;
    private final LongConsumer obsoleteTable;
    private final AtomicLong nextFileId;
    private final Map<Long, Integer> uses = new HashMap<>();
    private final SortedSet<Long> logs = new TreeSet<>();
    private final HeldVersions held = new HeldVersions();
    private final Set<Long> growing = new HashSet<>();
    private volatile @Nullable LongConsumer obsoleteSegment;
    private volatile Version current;
    private volatile long flushedVersion;
    private long minLog;
    private @Nullable Manifest manifest;
    private long rewriteAt = REWRITE_BYTES;
    private @Nullable StorageException broken;

    private VersionSet(@Nullable StoreDirectory directory, UUID storeId, State state, LongConsumer obsoleteTable) {
        this.directory = directory;
        this.storeId = storeId;
        this.obsoleteTable = obsoleteTable;
        this.nextFileId = new AtomicLong(state.nextFileId);
        this.flushedVersion = state.flushedVersion;
        this.minLog = state.minLog;
        this.logs.addAll(state.logs);
        this.current = newVersion(state.version.allFiles(), state.version.segments());
    }

    /** What the edits of a manifest add up to; for one thread. */
    private static final class State {

        private Version version = Version.empty();
        private final SortedSet<Long> logs = new TreeSet<>();
        private long nextFileId = 1;
        private long flushedVersion;
        private long minLog;

        private void apply(VersionEdit edit, Path manifest) {
            try {
                if (edit.changesFiles() || edit.changesSegments()) {
                    version = Version.of(version.filesAfter(edit), version.segmentsAfter(edit), null);
                }
            } catch (IllegalStateException e) {
                throw Damage.at(manifest, 0, e.getMessage(), e);
            }
            logs.addAll(edit.addedLogs());
            nextFileId = Math.max(nextFileId, edit.nextFileId());
            flushedVersion = Math.max(flushedVersion, edit.flushedVersion());
            if (edit.minLog() >= 0) {
                minLog = edit.minLog();
                logs.headSet(minLog).clear();
            }
        }
    }

    /**
     * A new, empty store in a directory without CURRENT.
     *
     * @param obsoleteTable told the number of each table that nobody needs any more; called outside the lock
     */
    public static VersionSet create(StoreDirectory directory, UUID storeId, long createdMillis,
            LongConsumer obsoleteTable) {
        State state = new State();
        state.nextFileId = 2;
        VersionSet set = new VersionSet(directory, storeId, state, obsoleteTable);
        FileHeader header = new FileHeader(FormatVersion.MANIFEST_KIND, FormatVersion.CURRENT, storeId, 1, createdMillis,
                0);
        StoreDirectory.delete(FileNames.manifest(directory.path(), 1));
        set.manifest = Manifest.create(directory, header, set.wholeState());
        return set;
    }

    /** The store that CURRENT names; empty when there is none. Nothing is written yet. */
    public static Optional<VersionSet> load(StoreDirectory directory, boolean readOnly, LongConsumer obsoleteTable) {
        long id = Manifest.currentId(directory.path());
        if (id < 0) {
            return Optional.empty();
        }
        Path path = FileNames.manifest(directory.path(), id);
        State state = new State();
        Manifest.Contents contents = Manifest.read(directory.path(), id, edit -> state.apply(edit, path));
        state.nextFileId = Math.max(state.nextFileId, id + 1);
        VersionSet set = new VersionSet(directory, contents.header().storeId(), state, obsoleteTable);
        if (!readOnly) {
            set.manifest = Manifest.resume(directory, contents);
        }
        return Optional.of(set);
    }

    /** A set that is kept nowhere, for a store in memory and for tests. */
    public static VersionSet inMemory(UUID storeId, LongConsumer obsoleteTable) {
        return new VersionSet(null, storeId, new State(), obsoleteTable);
    }

    /** The id of the store, in the header of each of its files. */
    public UUID storeId() {
        return storeId;
    }

    /** The version now, without holding it: only for looking at numbers. */
    public Version peek() {
        return current;
    }

    /** The version now, held for the caller, who releases it. */
    public Version acquire() {
        while (true) {
            Version version = current;
            if (version.tryRetain()) {
                return version;
            }
        }
    }

    /** A file number that was never used. */
    public long newFileId() {
        return nextFileId.getAndIncrement();
    }

    /** Makes sure that numbers up to this one are not given out again. */
    public void skipFileId(long seen) {
        long next = nextFileId.get();
        while (next <= seen && !nextFileId.compareAndSet(next, seen + 1)) {
            next = nextFileId.get();
        }
    }

    /** All commits up to this version are in tables. */
    public long flushedVersion() {
        return flushedVersion;
    }

    /** The logs that are needed, in order. */
    public List<Long> liveLogs() {
        lock.lock();
        try {
            return new ArrayList<>(logs);
        } finally {
            lock.unlock();
        }
    }

    /** Number of the manifest in use, 0 for a set in memory. */
    public long manifestId() {
        lock.lock();
        try {
            Manifest open = manifest;
            return open == null ? 0 : open.id();
        } finally {
            lock.unlock();
        }
    }

    /** Bytes of the manifest. */
    public long manifestBytes() {
        lock.lock();
        try {
            Manifest open = manifest;
            return open == null ? 0 : open.length();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes an edit durable, then visible. When it fails nothing has changed.
     *
     * @throws IllegalStateException when the edit does not fit the current version
     */
    public void apply(VersionEdit edit) {
        Version before;
        boolean changes;
        lock.lock();
        try {
            before = current;
            changes = edit.changesFiles() || edit.changesSegments();
            Version after = before;
            List<Long> unneeded = List.of();
            if (changes) {
                after = Version.of(before.filesAfter(edit), before.segmentsAfter(edit), null);
                unneeded = unneeded(after);
            }
            VersionEdit.Builder with = edit.toBuilder().nextFileId(nextFileId.get());
            unneeded.forEach(with::deleteSegment);
            VersionEdit complete = with.build();
            Manifest open = manifest;
            if (open != null) {
                checkUsable(open);
                open.append(complete);
            }
            logs.addAll(edit.addedLogs());
            flushedVersion = Math.max(flushedVersion, edit.flushedVersion());
            if (edit.minLog() >= 0) {
                minLog = edit.minLog();
                logs.headSet(minLog).clear();
            }
            if (changes) {
                current = newVersion(after.allFiles(), before.segmentsAfter(complete));
                complete.deletedSegments().forEach(held::retire);
            }
            if (open != null && open.length() > rewriteAt) {
                tryToRewrite(open);
            }
        } finally {
            lock.unlock();
        }
        if (changes) {
            before.release();
        }
    }

    /** Value-log files to which no table refers. */
    private List<Long> unneeded(Version version) {
        List<Long> unneeded = new ArrayList<>();
        for (SegmentMetadata segment : version.segments()) {
            if (version.references().bytesOf(segment.id()) == 0 && !growing.contains(segment.id())) {
                unneeded.add(segment.id());
            }
        }
        return unneeded;
    }

    /**
     * Who learns of value-log files that nobody needs any more; called outside the lock. Files to which no table refers
     * any more leave the store by themselves with the next edit.
     */
    public void obsoleteSegmentsTo(LongConsumer consumer) {
        obsoleteSegment = consumer;
    }

    /** A value-log file is being written: it stays although nothing refers to it yet, until {@link #letGo}. */
    public void keep(long segment) {
        lock.lock();
        try {
            growing.add(segment);
        } finally {
            lock.unlock();
        }
    }

    /** Ends a {@link #keep}. */
    public void letGo(long segment) {
        lock.lock();
        try {
            growing.remove(segment);
        } finally {
            lock.unlock();
        }
    }

    /** Reads CURRENT and the manifest again and says how they differ from what the store knows; nothing when sound. */
    public List<String> compareWithDisk() {
        StoreDirectory place = directory;
        lock.lock();
        try {
            return place == null ? List.of() : differences(place.path());
        } catch (StorageException e) {
            return List.of(e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private List<String> differences(Path place) {
        long id = Manifest.currentId(place);
        Path path = FileNames.manifest(place, id);
        Manifest open = manifest;
        if (id < 0 || open != null && open.id() != id) {
            return List.of(FileNames.current(place) + (id < 0 ? " is missing" : " names manifest " + id
                    + ", the store uses " + open.id()));
        }
        State state = new State();
        Manifest.Contents contents = Manifest.read(place, id, edit -> state.apply(edit, path));
        List<String> differences = new ArrayList<>();
        compare(differences, path, "store id", contents.header().storeId(), storeId);
        compare(differences, path, "length", contents.end(), open == null ? contents.end() : open.length());
        compare(differences, path, "tables", state.version.allFiles().toString(), current.allFiles().toString());
        compare(differences, path, "value-log files", state.version.segments(), current.segments());
        compare(differences, path, "logs", state.logs, logs);
        compare(differences, path, "flushed version", state.flushedVersion, flushedVersion);
        return differences;
    }

    private static void compare(List<String> differences, Path path, String what, Object stored, Object known) {
        if (!stored.equals(known)) {
            differences.add(path + " is damaged: " + what + " " + stored + ", the store knows " + known);
        }
    }

    private void checkUsable(Manifest open) {
        StorageException reason = broken;
        if (reason != null) {
            throw new StorageUnavailableException(ErrorCode.STORAGE_UNAVAILABLE, "the manifest " + open.path()
                    + " may have been replaced by a new one (" + reason.getMessage() + "); close the store and open it "
                    + "again", Map.of("file", open.path()), reason);
        }
    }

    /**
     * The edit before it is durable, so a failure is none of its caller. While CURRENT names the old manifest that goes
     * on; when it names the new one, but not durably, a restart may find either, so no further edit is taken.
     */
    private void tryToRewrite(Manifest old) {
        StoreDirectory place = directory;
        if (place == null) {
            return;
        }
        try {
            rewrite(place, old);
        } catch (StorageException e) {
            rewriteAt = old.length() + REWRITE_BYTES;
            LOG.warn("the manifest {} could not be written anew: {}", old.path(), e.toString());
            if (!namesStill(place, old)) {
                broken = e;
            }
        }
    }

    private static boolean namesStill(StoreDirectory place, Manifest manifest) {
        try {
            return Manifest.currentId(place.path()) == manifest.id();
        } catch (StorageException unreadable) {
            return false;
        }
    }

    private void rewrite(StoreDirectory place, Manifest old) {
        FileHeader header = new FileHeader(FormatVersion.MANIFEST_KIND, FormatVersion.CURRENT, storeId, newFileId(),
                System.currentTimeMillis(), 0);
        Manifest fresh = Manifest.create(place, header, wholeState());
        manifest = fresh;
        rewriteAt = Math.max(REWRITE_BYTES, fresh.length() * 4);
        try {
            old.close();
            StoreDirectory.delete(old.path());
        } catch (StorageException e) {
            LOG.warn("the old manifest {} could not be deleted, the next open will do it: {}", old.path(),
                    e.toString());
        }
    }

    private VersionEdit wholeState() {
        VersionEdit.Builder edit = VersionEdit.builder();
        for (FileMetadata file : current.allFiles()) {
            edit.addFile(file);
        }
        for (SegmentMetadata segment : current.segments()) {
            edit.addSegment(segment);
        }
        for (long log : logs) {
            edit.addLog(log);
        }
        return edit.minLog(minLog).nextFileId(nextFileId.get()).flushedVersion(flushedVersion).build();
    }

    // --- who still uses a table ---

    private Version newVersion(List<FileMetadata> files, List<SegmentMetadata> segments) {
        lock.lock();
        try {
            long number = held.begin();
            for (FileMetadata file : files) {
                uses.put(file.id(), uses.getOrDefault(file.id(), 0) + 1);
            }
            return Version.of(files, segments, new Forget(files, number));
        } finally {
            lock.unlock();
        }
    }

    /** A class and not a lambda, since every opening makes one. */
    private final class Forget implements Runnable {

        private final List<FileMetadata> files;
        private final long number;

        private Forget(List<FileMetadata> files, long number) {
            this.files = files;
            this.number = number;
        }

        @Override
        public void run() {
            forget(files, number);
        }
    }

    private void forget(List<FileMetadata> files, long number) {
        List<Long> segments;
        List<Long> unused = new ArrayList<>();
        lock.lock();
        try {
            for (FileMetadata file : files) {
                int left = uses.get(file.id()) - 1;
                if (left == 0) {
                    uses.remove(file.id());
                    unused.add(file.id());
                } else {
                    uses.put(file.id(), left);
                }
            }
            segments = held.end(number);
        } finally {
            lock.unlock();
        }
        unused.forEach(obsoleteTable::accept);
        LongConsumer consumer = obsoleteSegment;
        if (consumer != null) {
            segments.forEach(consumer::accept);
        }
    }

    /** Closes the manifest; versions that are held stay usable. Idempotent. */
    @Override
    public void close() {
        lock.lock();
        try {
            Manifest open = manifest;
            if (open != null) {
                open.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
