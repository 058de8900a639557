// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import io.sett.api.common.KeyRange;

/**
 * What a cursor shows and in which direction. Immutable.
 *
 * @param range only keys in this range
 * @param reverse from the highest key down
 * @param keysOnly values will not be read; reading one all the same is allowed and loads it then
 * @param allVersions older versions and deletions too, newest first (needs VERSION_HISTORY)
 * @param sinceVersion only versions above this one (needs VERSION_HISTORY unless 0); deletions are shown then
 * @param prefetch how many entries may be loaded ahead, 0 for none
 * @param read timeout of each move and use of the cache
 */
public record CursorOptions(KeyRange range, boolean reverse, boolean keysOnly, boolean allVersions, long sinceVersion,
        int prefetch, ReadOptions read) {

    private static final CursorOptions DEFAULTS =
            new CursorOptions(KeyRange.all(), false, false, false, 0, 0, ReadOptions.defaults());

    /** Checks the numbers. */
    public CursorOptions {
        if (sinceVersion < 0 || prefetch < 0) {
            throw new IllegalArgumentException(
                    "sinceVersion and prefetch must not be negative, got " + sinceVersion + " and " + prefetch);
        }
    }

    /** Every key, forward. */
    public static CursorOptions defaults() {
        return DEFAULTS;
    }

    /** Every key of a range, forward. */
    public static CursorOptions of(KeyRange range) {
        return DEFAULTS.withRange(range);
    }

    /** Every key with a prefix, forward. */
    public static CursorOptions prefix(byte[] prefix) {
        return of(KeyRange.prefix(prefix));
    }

    /** The same over another range. */
    public CursorOptions withRange(KeyRange other) {
        return new CursorOptions(other, reverse, keysOnly, allVersions, sinceVersion, prefetch, read);
    }

    /** The same in this direction. */
    public CursorOptions withReverse(boolean value) {
        return new CursorOptions(range, value, keysOnly, allVersions, sinceVersion, prefetch, read);
    }

    /** The same with or without values. */
    public CursorOptions withKeysOnly(boolean value) {
        return new CursorOptions(range, reverse, value, allVersions, sinceVersion, prefetch, read);
    }

    /** The same with or without older versions. */
    public CursorOptions withAllVersions(boolean value) {
        return new CursorOptions(range, reverse, keysOnly, value, sinceVersion, prefetch, read);
    }

    /** The same for what changed after a version. */
    public CursorOptions withSinceVersion(long version) {
        return new CursorOptions(range, reverse, keysOnly, allVersions, version, prefetch, read);
    }

    /** The same with another number of entries loaded ahead. */
    public CursorOptions withPrefetch(int entries) {
        return new CursorOptions(range, reverse, keysOnly, allVersions, sinceVersion, entries, read);
    }

    /** The same with other read options. */
    public CursorOptions withRead(ReadOptions options) {
        return new CursorOptions(range, reverse, keysOnly, allVersions, sinceVersion, prefetch, options);
    }
}
