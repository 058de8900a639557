// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.version;

/**
 * What in a table will be of no use some day.
 *
 * @param shadowed entries behind a newer one of their key in the same table; kept for a reader of an older version
 * @param expiring entries with an expiry
 * @param minExpiry the earliest of these in milliseconds since 1970, 0 when nothing expires
 * @param maxExpiry the latest one, 0 when nothing expires
 */
public record Perishable(long shadowed, long expiring, long minExpiry, long maxExpiry) {

    /** Nothing perishes. */
    public static final Perishable NONE = new Perishable(0, 0, 0, 0);

    /** About how many entries have expired at that time, as if expiries were spread evenly. */
    public long expiredAt(long nowMillis) {
        if (expiring == 0 || nowMillis < minExpiry) {
            return 0;
        }
        if (nowMillis >= maxExpiry) {
            return expiring;
        }
        return (long) (expiring * ((double) (nowMillis - minExpiry) / (maxExpiry - minExpiry)));
    }
}
