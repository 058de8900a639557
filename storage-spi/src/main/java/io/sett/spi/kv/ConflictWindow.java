// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import io.sett.api.common.KeyRange;
import io.sett.api.kv.Isolation;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The memory of recent commits that a transaction is checked against.
 *
 * <p>It keeps the keys of each commit that some active transaction cannot see, in order, and the newest version of each
 * key by fingerprint. So keys are checked in time proportional to the reads (or to the window, if that is smaller), and
 * ranges by one binary search for each commit. It is bounded: a transaction that is older than what is remembered
 * conflicts, and may be repeated.
 *
 * <p>Rules: at READ_COMMITTED only keys read for update count; at SNAPSHOT the written ones too and the ranges removed
 * (the first committer wins); at SERIALIZABLE the keys read and the ranges scanned instead of the written ones.
 *
 * <p>Threads: none of its own. The engine calls {@link #check}, assigns the version and calls {@link #record} under the
 * lock that orders its commits.
 */
public final class ConflictWindow {

    private record Commit(long version, byte[][] keys, long[] fingerprints, List<KeyRange> rangeDeletes) {
    }

    private final long maxKeys;
    private final ArrayDeque<Commit> commits = new ArrayDeque<>();
    private final FingerprintMap newest = new FingerprintMap();
    private long keyCount;
    private long floor;
    private long lastRangeDelete;

    /**
     * An empty window.
     *
     * @param maxKeys how many written keys are remembered at most
     * @param version newest version already committed; transactions that read below it would conflict
     */
    public ConflictWindow(long maxKeys, long version) {
        this.maxKeys = maxKeys;
        this.floor = version;
    }

    /** Number of written keys that it remembers. */
    public long keyCount() {
        return keyCount;
    }

    /** Transactions that read below this version conflict, because what was committed since is forgotten. */
    public long floor() {
        return floor;
    }

    /** Whether the request collides with a commit it has not seen. */
    public Optional<Conflict> check(CommitRequest request) {
        if (!request.canConflict()) {
            return Optional.empty();
        }
        if (request.isolation() != Isolation.READ_COMMITTED && request.readVersion() < floor) {
            return Optional.of(new Conflict(Conflict.Reason.TOO_OLD, "", request.readVersion(), floor));
        }
        Conflict conflict = checkKeys(request.reads().forUpdate(), request, Conflict.Reason.FOR_UPDATE);
        if (conflict == null && request.isolation() == Isolation.SNAPSHOT) {
            conflict = checkWritten(request);
        } else if (conflict == null && request.isolation() == Isolation.SERIALIZABLE) {
            conflict = checkKeys(request.reads().keys(), request, Conflict.Reason.READ_KEY);
            conflict = conflict != null ? conflict
                    : checkRanges(request, request.reads().ranges(), Conflict.Reason.SCANNED_RANGE);
        }
        return Optional.ofNullable(conflict);
    }

    private @Nullable Conflict checkKeys(FingerprintMap read, CommitRequest request, Conflict.Reason reason) {
        if (read.size() == 0) {
            return null;
        }
        boolean readIsSmaller = read.size() <= newest.size();
        FingerprintMap walked = readIsSmaller ? read : newest;
        FingerprintMap asked = readIsSmaller ? newest : read;
        for (int slot = 0; slot < walked.capacity() && newest.size() > 0; slot++) {
            long key = walked.keyAt(slot);
            long other = key == 0 ? FingerprintMap.ABSENT : asked.get(key);
            if (other != FingerprintMap.ABSENT) {
                long readAt = readIsSmaller ? walked.versionAt(slot) : other;
                long writtenAt = readIsSmaller ? other : walked.versionAt(slot);
                if (writtenAt > readAt) {
                    return new Conflict(reason, "", readAt, writtenAt);
                }
            }
        }
        return checkOldest(read, request, reason);
    }

    /** What the map of newest versions cannot tell: forgotten commits, and range deletes, which name no keys. */
    private @Nullable Conflict checkOldest(FingerprintMap read, CommitRequest request, Conflict.Reason reason) {
        long oldest = Long.MAX_VALUE;
        if (request.isolation() != Isolation.READ_COMMITTED) {
            oldest = request.readVersion();
        } else {
            for (int slot = 0; slot < read.capacity(); slot++) {
                oldest = read.keyAt(slot) == 0 ? oldest : Math.min(oldest, read.versionAt(slot));
            }
        }
        if (oldest < floor) {
            return new Conflict(Conflict.Reason.TOO_OLD, "", oldest, floor);
        }
        return oldest < lastRangeDelete ? new Conflict(reason, "", oldest, lastRangeDelete) : null;
    }

    private @Nullable Conflict checkWritten(CommitRequest request) {
        for (PendingWrite write : request.writes()) {
            long version = newest.get(write.fingerprint());
            if (version > request.readVersion()) {
                return new Conflict(Conflict.Reason.WRITTEN_KEY, "key " + KVArguments.shown(write.key()),
                        request.readVersion(), version);
            }
        }
        Conflict inRange = checkRanges(request, request.writes().writtenRanges(), Conflict.Reason.WRITTEN_KEY);
        if (inRange != null || lastRangeDelete <= request.readVersion()) {
            return inRange;
        }
        for (Commit commit : commits) {
            if (commit.version > request.readVersion()) {
                for (KeyRange range : commit.rangeDeletes) {
                    for (PendingWrite write : request.writes()) {
                        if (range.contains(write.key())) {
                            return new Conflict(Conflict.Reason.WRITTEN_KEY, "key " + KVArguments.shown(write.key()),
                                    request.readVersion(), commit.version);
                        }
                    }
                }
            }
        }
        return null;
    }

    private @Nullable Conflict checkRanges(CommitRequest request, List<KeyRange> ranges, Conflict.Reason reason) {
        if (ranges.isEmpty()) {
            return null;
        }
        Iterator<Commit> newestFirst = commits.descendingIterator();
        while (newestFirst.hasNext()) {
            Commit commit = newestFirst.next();
            if (commit.version <= request.readVersion()) {
                return null;
            }
            for (KeyRange range : ranges) {
                if (touches(commit, range)) {
                    return new Conflict(reason, "range " + range, request.readVersion(),
                            commit.version);
                }
            }
        }
        return null;
    }

    private static boolean touches(Commit commit, KeyRange range) {
        for (KeyRange deleted : commit.rangeDeletes) {
            if (deleted.overlaps(range)) {
                return true;
            }
        }
        byte[][] keys = commit.keys;
        int low = 0;
        int high = keys.length;
        while (low < high) {
            int middle = low + high >>> 1;
            if (range.isBelow(keys[middle])) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < keys.length && !range.isAbove(keys[low]);
    }

    /**
     * Remembers a commit.
     *
     * @param version its version, higher than every one before
     * @param oldestActive the oldest version an active read-write transaction reads at, asked for after the new version
     *     became visible, so that whoever begins later begins with it; when none is active, the new version or more,
     *     and then nothing needs to be remembered
     */
    public void record(CommitRequest request, long version, long oldestActive) {
        if (oldestActive >= version) {
            forgetAll(version);
            return;
        }
        byte[][] keys = new byte[request.writes().size()][];
        long[] fingerprints = new long[keys.length];
        int count = 0;
        for (PendingWrite write : request.writes()) {
            keys[count] = write.key();
            fingerprints[count++] = write.fingerprint();
            newest.putLast(write.fingerprint(), version);
        }
        commits.addLast(new Commit(version, keys, fingerprints, request.writes().writtenRanges()));
        keyCount += count;
        if (!request.writes().writtenRanges().isEmpty()) {
            lastRangeDelete = version;
        }
        prune(oldestActive);
        while (keyCount > maxKeys && !commits.isEmpty()) {
            forgetOldest();
        }
    }

    /**
     * Remembers nothing of a commit nor of those before it, since nobody who is active could lose against them. What
     * {@link #record} does when the oldest active version is the commit's; for those who know without a request.
     *
     * @param version its version
     */
    public void forgetAll(long version) {
        if (!commits.isEmpty()) {
            commits.clear();
            newest.clear();
            keyCount = 0;
        }
        floor = version;
    }

    /** Forgets the commits that every active transaction can see: those up to this version. */
    public void prune(long oldestActive) {
        while (!commits.isEmpty() && commits.peekFirst().version <= oldestActive) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        Commit oldest = commits.removeFirst();
        for (long fingerprint : oldest.fingerprints) {
            newest.remove(fingerprint, oldest.version);
        }
        keyCount -= oldest.keys.length;
        floor = oldest.version;
    }
}
