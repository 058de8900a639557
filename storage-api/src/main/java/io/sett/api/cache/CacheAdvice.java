// SPDX-License-Identifier: Apache-2.0
package io.sett.api.cache;

import java.time.Instant;
import java.util.List;

/**
 * How a cache has been used, and what would serve that use better. Taken from a sample, so numbers are estimates.
 *
 * @param at when it was made
 * @param sampledRequests how many requests it rests on; few mean little
 * @param sizes the value sizes seen, in ascending buckets
 * @param missRatioCurve the estimated miss ratio at other cache sizes, in ascending order of size
 * @param hotKeys the keys read most, the most read first
 * @param hints what to change, the most useful first; empty when nothing is to be gained
 */
public record CacheAdvice(Instant at, long sampledRequests, List<SizeBucket> sizes, List<MissRatio> missRatioCurve,
        List<HotKey> hotKeys, List<Hint> hints) {

    /** Copies the lists; refuses a negative count with {@code INVALID_ARGUMENT}. */
    public CacheAdvice {
        Checks.notNegative(sampledRequests, "sampledRequests");
        sizes = List.copyOf(sizes);
        missRatioCurve = List.copyOf(missRatioCurve);
        hotKeys = List.copyOf(hotKeys);
        hints = List.copyOf(hints);
    }

    /**
     * How many values were of a size.
     *
     * @param upToBytes the upper edge of the bucket, included
     * @param entries how many values fell into it
     */
    public record SizeBucket(long upToBytes, long entries) {
    }

    /**
     * A point of the miss-ratio curve.
     *
     * @param capacityBytes a cache size
     * @param missRatio the misses by requests to expect there, between 0 and 1
     */
    public record MissRatio(long capacityBytes, double missRatio) {

        /** Refuses a ratio outside of 0 to 1 with {@code INVALID_ARGUMENT}. */
        public MissRatio {
            Checks.ratio(missRatio, "missRatio");
        }
    }

    /**
     * A key that is read much.
     *
     * @param key the key
     * @param share its estimated part of all requests, between 0 and 1
     */
    public record HotKey(String key, double share) {

        /** Refuses a share outside of 0 to 1 with {@code INVALID_ARGUMENT}. */
        public HotKey {
            Checks.ratio(share, "share");
        }
    }

    /**
     * One piece of advice.
     *
     * @param setting the configuration key to change, or the empty string where the remedy is elsewhere
     * @param suggested the value to try, as it would stand in the configuration, or the empty string
     * @param reason what was seen and what the change should bring, for a person to read
     */
    public record Hint(String setting, String suggested, String reason) {
    }
}
