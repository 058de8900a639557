// SPDX-License-Identifier: Apache-2.0
package io.sett.jcache.internal;

import io.sett.spi.log.Loggers;
import java.time.Duration;
import java.util.function.Supplier;
import javax.cache.expiry.ExpiryPolicy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What the expiry policy of a cache says, as times to live of a store: {@link Duration#ZERO} is for ever,
 * {@link #NOW} has expired already, null leaves the expiry as it is. A policy that throws is logged and taken as
 * "for ever" at creation, "unchanged" otherwise, as the standard asks for. Any thread.
 */
final class Expiry {

    /** Expired at once: the entry is not even stored. */
    static final Duration NOW = Duration.ofNanos(-1);

    private static final Logger LOG = Loggers.of(Expiry.class);
    private static final long LONGEST_MILLIS = Duration.ofDays(3650).toMillis();

    private final ExpiryPolicy policy;

    Expiry(ExpiryPolicy policy) {
        this.policy = policy;
    }

    Duration forCreation() {
        Duration ttl = ask("creation", policy::getExpiryForCreation);
        return ttl == null ? Duration.ZERO : ttl;
    }

    @Nullable Duration forAccess() {
        return ask("access", policy::getExpiryForAccess);
    }

    @Nullable Duration forUpdate() {
        return ask("update", policy::getExpiryForUpdate);
    }

    private @Nullable Duration ask(String moment, Supplier<javax.cache.expiry.@Nullable Duration> question) {
        try {
            return ttl(question.get());
        } catch (RuntimeException e) {
            LOG.warn("the expiry policy {} failed for the {} of an entry", policy.getClass().getName(), moment, e);
            return null;
        }
    }

    /** A duration of the standard as a time to live; one of more than ten years is for ever. */
    static @Nullable Duration ttl(javax.cache.expiry.@Nullable Duration duration) {
        if (duration == null) {
            return null;
        }
        if (duration.isEternal()) {
            return Duration.ZERO;
        }
        if (duration.isZero()) {
            return NOW;
        }
        long millis = duration.getTimeUnit().toMillis(duration.getDurationAmount());
        return millis > LONGEST_MILLIS ? Duration.ZERO : Duration.ofMillis(Math.max(1, millis));
    }

    void close() {
        Closeables.close(policy);
    }
}
