// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.kv;

import java.util.ArrayDeque;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is dropped: versions that nobody can read any more, expired entries, and deletions, of which the latest
 * are kept so that a cursor can show what changed since a version. All methods are called under the commit lock.
 */
final class Retention {

    private record Superseded(KeyVersions versions, long since) {
    }

    private record Deleted(KeyVersions versions, EntryVersion deletion) {
    }

    private record Expiring(KeyVersions versions, long atMillis) {
    }

    private final VersionedMap map;
    private final int keptDeletions;
    private final ArrayDeque<Superseded> superseded = new ArrayDeque<>();
    private final ArrayDeque<Deleted> deletions = new ArrayDeque<>();
    private final PriorityQueue<Expiring> expiring =
            new PriorityQueue<>((a, b) -> Long.compare(a.atMillis, b.atMillis));
    private volatile long nextSuperseded = Long.MAX_VALUE;
    private volatile long forgottenDeletions;
    private volatile long prunedCount;
    private volatile long expiredCount;

    Retention(VersionedMap map, int keptDeletions) {
        this.map = map;
        this.keptDeletions = keptDeletions;
    }

    /** A commit has put a version on this key. */
    void changed(KeyVersions versions) {
        EntryVersion newest = versions.newest();
        if (newest == null) {
            return;
        }
        if (newest.older() != null) {
            supersede(versions, newest.version());
        }
        if (newest.isDeletion()) {
            deletions.addLast(new Deleted(versions, newest));
        }
        if (newest.canExpire() && !versions.awaitsExpiry()) {
            versions.setAwaitsExpiry(true);
            expiring.add(new Expiring(versions, newest.expiresAtMillis()));
        }
    }

    private void supersede(KeyVersions versions, long since) {
        superseded.addLast(new Superseded(versions, since));
        if (superseded.size() == 1) {
            nextSuperseded = since;
        }
    }

    /** Whether {@link #collect} would find something; may be asked without the lock. */
    boolean hasWork(long oldest) {
        return nextSuperseded <= oldest;
    }

    /**
     * Drops what nobody can see.
     *
     * @param oldest the oldest version somebody reads at
     * @param oldestHistory deletions above this version must be kept for somebody
     * @param nowMillis for what has expired
     */
    void collect(long oldest, long oldestHistory, long nowMillis) {
        Superseded first = superseded.peekFirst();
        while (first != null && first.since <= oldest) {
            superseded.removeFirst();
            prunedCount += map.trim(first.versions, oldest);
            dropIfExpired(first.versions, oldest, nowMillis);
            first = superseded.peekFirst();
        }
        nextSuperseded = first == null ? Long.MAX_VALUE : first.since;
        forgetDeletions(keptDeletions, Math.min(oldest, oldestHistory));
    }

    /** Forgets the oldest deletions beyond a number. */
    void forgetDeletions(int keep, long upTo) {
        while (deletions.size() > keep && deletions.getFirst().deletion.version() <= upTo) {
            Deleted oldest = deletions.removeFirst();
            if (oldest.versions.newest() == oldest.deletion) {
                forgottenDeletions = oldest.deletion.version();
                map.remove(oldest.versions);
            }
        }
    }

    /** Drops at most that many entries that have expired; says whether there is more to do now. */
    boolean dropExpired(long oldest, long nowMillis, int limit) {
        int left = limit;
        Expiring first = expiring.peek();
        while (first != null && first.atMillis <= nowMillis && left-- > 0) {
            expiring.remove();
            expire(first.versions, oldest, nowMillis);
            first = expiring.peek();
        }
        return first != null && first.atMillis <= nowMillis;
    }

    private void expire(KeyVersions versions, long oldest, long nowMillis) {
        EntryVersion newest = versions.newest();
        versions.setAwaitsExpiry(false);
        if (newest == null || !newest.canExpire() || map.find(versions.key()) != versions) {
            return;
        }
        if (!newest.isExpired(nowMillis)) {
            versions.setAwaitsExpiry(true);
            expiring.add(new Expiring(versions, newest.expiresAtMillis()));
        } else if (newest.version() > oldest) {
            supersede(versions, newest.version());
        } else {
            dropIfExpired(versions, oldest, nowMillis);
        }
    }

    /** An expired entry is like a deletion, but nobody is told of it. */
    private void dropIfExpired(KeyVersions versions, long oldest, long nowMillis) {
        EntryVersion newest = versions.newest();
        if (newest != null && newest.version() <= oldest && newest.isExpired(nowMillis)
                && map.find(versions.key()) == versions) {
            map.remove(versions);
            expiredCount++;
        }
    }

    /** When the next entry expires, or the largest long. */
    long nextExpiryMillis() {
        @Nullable Expiring first = expiring.peek();
        return first == null ? Long.MAX_VALUE : first.atMillis;
    }

    /** Deletions up to this version may have been forgotten. */
    long forgottenDeletions() {
        return forgottenDeletions;
    }

    long prunedCount() {
        return prunedCount;
    }

    long expiredCount() {
        return expiredCount;
    }
}
