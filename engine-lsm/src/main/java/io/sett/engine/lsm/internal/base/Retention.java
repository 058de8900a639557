// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.base;

/**
 * Decides which entries are still needed when tables are written anew. Entries come in order, newest version of a key
 * first; the decision depends on what came before.
 *
 * <p>Kept are all versions above the oldest reader, and the newest ones at or below it, as many as are to be kept
 * (normally one). A deletion, or an entry that has expired, hides what is older: nothing older is kept, and it goes
 * itself once no older entry of the key can lie in deeper tables; until then an expired entry shrinks to a deletion.
 * The deletion of a range at or below the oldest reader hides all that is older in it, and stays itself.
 *
 * <p>One thread, one pass.
 */
public final class Retention {

    /** Tells whether an older entry of a key can lie in tables that are not read in this pass. */
    @FunctionalInterface
    public interface Deeper {

        /** Nothing lies deeper. */
        Deeper NOTHING = (key, offset, length) -> false;

        /** Something may lie deeper, whatever the key. */
        Deeper UNKNOWN = (key, offset, length) -> true;

        /** Whether it can. Asked with ascending keys. */
        boolean mayContain(byte[] key, int offset, int length);
    }

    /** What becomes of an entry. */
    public enum Decision {
        /** It stays. */
        KEEP,
        /** It goes. */
        DROP,
        /** A deletion of the same version takes its place. */
        DELETE
    }

    private final long oldestReader;
    private final int versionsToKeep;
    private final long now;
    private final Deeper deeper;
    private byte[] lastKey = new byte[64];
    private int lastLength = -1;
    private long lastTrailer;
    private int keptBelow;
    private boolean hidden;
    private long dropped;
    private final RangeDeletions ranges;
    private long deletedAt;

    /**
     * A pass over entries among which no ranges are deleted.
     *
     * @param oldestReader no reader, now or later, reads with a lower version
     * @param versionsToKeep of each key at or below the oldest reader, at least 1
     * @param now milliseconds since 1970
     */
    public Retention(long oldestReader, int versionsToKeep, long now, Deeper deeper) {
        this(oldestReader, versionsToKeep, now, deeper, RangeDeletions.NONE);
    }

    /**
     * A pass.
     *
     * @param oldestReader no reader, now or later, reads with a lower version
     * @param versionsToKeep of each key at or below the oldest reader, at least 1
     * @param now milliseconds since 1970
     * @param ranges deleted ranges, which drop what they cover
     */
    public Retention(long oldestReader, int versionsToKeep, long now, Deeper deeper, RangeDeletions ranges) {
        this.ranges = ranges;
        this.oldestReader = oldestReader;
        this.versionsToKeep = Math.max(1, versionsToKeep);
        this.now = now;
        this.deeper = deeper;
    }

    /** Decides on the next entry. */
    public Decision decide(InternalCursor entry) {
        byte[] key = entry.keyArray();
        int offset = entry.keyOffset();
        int length = entry.keyLength();
        long trailer = entry.trailer();
        if (lastLength >= 0 && Bytes.equal(lastKey, 0, lastLength, key, offset, length)) {
            if (trailer == lastTrailer) {
                dropped++;
                return Decision.DROP;
            }
        } else {
            lastKey = Bytes.atLeast(lastKey, length);
            System.arraycopy(key, offset, lastKey, 0, length);
            lastLength = length;
            keptBelow = 0;
            hidden = false;
            deletedAt = ranges.isEmpty() ? 0 : ranges.newest(key, offset, length, oldestReader);
        }
        lastTrailer = trailer;
        if (InternalKey.version(trailer) < deletedAt) {
            dropped++;
            return Decision.DROP;
        }
        if (InternalKey.version(trailer) > oldestReader) {
            return Decision.KEEP;
        }
        Decision decision = hidden || keptBelow >= versionsToKeep ? Decision.DROP : decideVisible(entry);
        if (decision == Decision.DROP) {
            dropped++;
        }
        return decision;
    }

    private Decision decideVisible(InternalCursor entry) {
        keptBelow++;
        boolean deletion = InternalKey.kind(entry.trailer()) == EntryKind.DELETE;
        if (!deletion) {
            long expiry = ValueCell.expiresAt(entry.cellArray(), entry.cellOffset(), entry.cellLength());
            if (expiry == 0 || expiry > now) {
                return Decision.KEEP;
            }
        }
        hidden = true;
        if (!deeper.mayContain(entry.keyArray(), entry.keyOffset(), entry.keyLength())) {
            return Decision.DROP;
        }
        return deletion ? Decision.KEEP : Decision.DELETE;
    }

    /** How many entries were dropped so far. */
    public long dropped() {
        return dropped;
    }
}
