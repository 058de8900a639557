// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.engine.memcache.internal.entry.EntryLayout;
import io.sett.engine.memcache.internal.settings.CacheSettings;
import io.sett.spi.settings.EngineSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Which TTLs are allowed and when an entry expires. Times are milliseconds since 1970. Immutable. */
final class TtlRules {

    private static final int NANOS_A_MILLI = 1_000_000;

    private final Clock clock;
    private final long precision;
    private final long defaultMillis;
    private final Duration min;
    private final Duration max;

    TtlRules(EngineSettings settings, Clock clock) {
        this.clock = clock;
        this.precision = settings.get(CacheSettings.TTL_PRECISION).millis();
        this.min = settings.get(CacheSettings.MIN_TTL);
        this.max = settings.get(CacheSettings.MAX_TTL);
        this.defaultMillis = roundedUp(defaultTtl(settings));
    }

    /** The default TTL; the life window when that alone is configured, or when there is no default TTL. */
    private static Duration defaultTtl(EngineSettings settings) {
        Duration ttl = settings.get(CacheSettings.DEFAULT_TTL);
        boolean windowAlone = settings.isSet(CacheSettings.LIFE_WINDOW) && !settings.isSet(CacheSettings.DEFAULT_TTL);
        return ttl.isZero() || windowAlone ? settings.get(CacheSettings.LIFE_WINDOW) : ttl;
    }

    /** Now, rounded down: what has expired by this has expired. */
    long now() {
        return clock.millis();
    }

    /** Now, rounded up: what lives from here on never expires early. */
    private long nowOrLater() {
        Instant instant = clock.instant();
        return instant.toEpochMilli() + (instant.getNano() % NANOS_A_MILLI == 0 ? 0 : 1);
    }

    /** The expiry of an entry that is set without a TTL; 0: never. */
    long defaultExpiry() {
        return defaultMillis == 0 ? 0 : expiryIn(defaultMillis);
    }

    /** The expiry of an entry that is set with a TTL; 0: never. */
    long expiry(Duration ttl) {
        if (ttl.isZero()) {
            return 0;
        }
        if (ttl.isNegative() || ttl.compareTo(min) < 0 || !max.isZero() && ttl.compareTo(max) > 0) {
            throw new InvalidOperationException(ErrorCode.INVALID_TTL, "the TTL " + ttl + " is not allowed; it must be "
                    + "zero (never expires) or from " + min + " (ttl.min_ttl) to "
                    + (max.isZero() ? "any length" : max + " (ttl.max_ttl)"),
                    Map.of("ttl", ttl, "min_ttl", min, "max_ttl", max));
        }
        return expiryIn(roundedUp(ttl));
    }

    private long expiryIn(long millis) {
        long moment = nowOrLater() + millis;
        return moment > EntryLayout.MAX_TIME || moment < 0 ? 0 : moment;
    }

    private long roundedUp(Duration ttl) {
        long millis;
        try {
            millis = Math.addExact(ttl.toMillis(), ttl.getNano() % NANOS_A_MILLI == 0 ? 0 : 1);
        } catch (ArithmeticException centuries) {
            return EntryLayout.MAX_TIME;
        }
        return millis > EntryLayout.MAX_TIME ? EntryLayout.MAX_TIME : (millis + precision - 1) / precision * precision;
    }

    /** The time left until an expiry that has not come; never more than was set, never zero. */
    Duration left(long expiry) {
        return Duration.ofMillis(Math.max(1, expiry - nowOrLater()));
    }
}
