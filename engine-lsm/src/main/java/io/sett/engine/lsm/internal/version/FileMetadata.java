// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.version;

import io.sett.engine.lsm.internal.table.TableProperties;
import io.sett.engine.lsm.internal.table.TableSequence;
import io.sett.engine.lsm.internal.table.ValueReferences;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What the manifest knows of one table file. Immutable; the key arrays must not be changed.
 *
 * @param id number of the file, unique in the store
 * @param level where it lies, 0 for tables straight from a memtable
 * @param size bytes of the file
 * @param smallest first internal key in it
 * @param largest last internal key in it
 * @param minVersion lowest commit version in it
 * @param maxVersion highest commit version in it
 * @param entries number of entries, tombstones included
 * @param tombstones number of deletions in it
 * @param createdMillis when it was written, milliseconds since 1970
 * @param rangeDeletions number of fragments of deleted ranges in it
 * @param references how much of which value-log files its entries refer to
 * @param perishable what in it will be of no use some day
 */
public record FileMetadata(long id, int level, long size, byte[] smallest, byte[] largest, long minVersion,
        long maxVersion, long entries, long tombstones, long createdMillis, long rangeDeletions,
        ValueReferences references, Perishable perishable) {

    private static final int TRAILER = Long.BYTES;

    /** Checks that the bounds are internal keys in order. */
    public FileMetadata {
        if (smallest.length < TRAILER || largest.length < TRAILER || level < 0 || level >= Version.LEVELS) {
            throw new IllegalArgumentException("table " + id + ": level " + level + ", bounds of " + smallest.length
                    + " and " + largest.length + " bytes");
        }
        if (Arrays.compareUnsigned(smallest, 0, smallest.length - TRAILER, largest, 0, largest.length - TRAILER) > 0) {
            throw new IllegalArgumentException("table " + id + ": smallest key above largest key");
        }
    }

    /** A table that deletes no range, refers to no value-log file, and in which nothing perishes. */
    public FileMetadata(long id, int level, long size, byte[] smallest, byte[] largest, long minVersion,
            long maxVersion, long entries, long tombstones, long createdMillis) {
        this(id, level, size, smallest, largest, minVersion, maxVersion, entries, tombstones, createdMillis, 0);
    }

    /** A table that refers to no value-log file, and in which nothing perishes. */
    public FileMetadata(long id, int level, long size, byte[] smallest, byte[] largest, long minVersion,
            long maxVersion, long entries, long tombstones, long createdMillis, long rangeDeletions) {
        this(id, level, size, smallest, largest, minVersion, maxVersion, entries, tombstones, createdMillis,
                rangeDeletions, ValueReferences.NONE, Perishable.NONE);
    }

    /** What there is to know of a table that was just written. */
    public static FileMetadata of(TableSequence.Output output, int level) {
        TableProperties properties = output.properties();
        return new FileMetadata(output.id(), level, output.size(), properties.smallest(), properties.largest(),
                properties.minVersion(), properties.maxVersion(), properties.entries(), properties.tombstones(),
                properties.createdAt(), properties.rangeDeletions(), properties.references(),
                new Perishable(properties.shadowed(), properties.expiring(), properties.minExpiry(),
                        properties.maxExpiry()));
    }

    /** The same file in another level. */
    public FileMetadata withLevel(int other) {
        return new FileMetadata(id, other, size, smallest, largest, minVersion, maxVersion, entries, tombstones,
                createdMillis, rangeDeletions, references, perishable);
    }

    /** The same with these references. */
    FileMetadata withReferences(ValueReferences found) {
        return new FileMetadata(id, level, size, smallest, largest, minVersion, maxVersion, entries, tombstones,
                createdMillis, rangeDeletions, found, perishable);
    }

    /** The same file with another account of what perishes in it. */
    FileMetadata withPerishable(Perishable other) {
        return new FileMetadata(id, level, size, smallest, largest, minVersion, maxVersion, entries, tombstones,
                createdMillis, rangeDeletions, references, other);
    }

    /** A copy of the first user key. */
    public byte[] smallestUserKey() {
        return Arrays.copyOf(smallest, smallest.length - TRAILER);
    }

    /** A copy of the last user key. */
    public byte[] largestUserKey() {
        return Arrays.copyOf(largest, largest.length - TRAILER);
    }

    /** Negative when the user key lies before this file, positive when behind, 0 when the file may hold it. */
    public int locate(byte[] userKey) {
        if (Arrays.compareUnsigned(userKey, 0, userKey.length, smallest, 0, smallest.length - TRAILER) < 0) {
            return -1;
        }
        return Arrays.compareUnsigned(userKey, 0, userKey.length, largest, 0, largest.length - TRAILER) > 0 ? 1 : 0;
    }

    /** Whether the user-key ranges of both files share a key. */
    public boolean overlaps(FileMetadata other) {
        return compareUserKeys(smallest, other.largest) <= 0 && compareUserKeys(other.smallest, largest) <= 0;
    }

    /** Order of the user keys of two internal keys. */
    static int compareUserKeys(byte[] left, byte[] right) {
        return Arrays.compareUnsigned(left, 0, left.length - TRAILER, right, 0, right.length - TRAILER);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileMetadata file && id == file.id && level == file.level && size == file.size
                && Arrays.equals(smallest, file.smallest) && Arrays.equals(largest, file.largest)
                && minVersion == file.minVersion && maxVersion == file.maxVersion && entries == file.entries
                && tombstones == file.tombstones && createdMillis == file.createdMillis
                && rangeDeletions == file.rangeDeletions && references.equals(file.references)
                && perishable.equals(file.perishable);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return "table " + id + " (level " + level + ", " + size + " bytes, " + entries + " entries, keys "
                + hex.formatHex(smallestUserKey()) + ".." + hex.formatHex(largestUserKey()) + ", versions " + minVersion
                + ".." + maxVersion + ")";
    }
}
