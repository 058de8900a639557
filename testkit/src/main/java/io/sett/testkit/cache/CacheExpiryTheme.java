// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.cache;

import static io.sett.testkit.Bytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.cache.CacheEntry;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.KeyNotFoundException;
import io.sett.testkit.Theme;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Times to live. */
@Theme("ttl")
public interface CacheExpiryTheme extends CacheTheme {

    private void setFor(String key, Duration ttl) {
        store().set(key, bytes(key), ttl);
    }

    @Test
    default void anEntryIsThereUntilItsExpiryAndNotLonger() {
        if (hasTtl()) {
            Instant now = fixture().clock().instant();
            setFor("a", TEN_MINUTES);
            Instant expiry = store().expiration("a").orElseThrow();
            assertThat(expiry).as("never early, and late by a second at most")
                    .isBetween(now.plus(TEN_MINUTES), now.plus(TEN_MINUTES).plusSeconds(1));
            fixture().clock().moveTo(expiry.minusMillis(1));
            assertThat(get("a")).contains("a");
            fixture().clock().moveTo(expiry);
            assertThat(store().get("a")).as("at the moment of its expiry").isEmpty();
        }
    }

    @Test
    default void anExpiredEntryIsSeenByNobody() {
        if (hasTtl()) {
            setFor("gone", TEN_MINUTES);
            store().set("stays", bytes("1"), Duration.ZERO);
            advance(TEN_MINUTES.plusSeconds(1));
            assertThat(store().has("gone")).isFalse();
            assertThat(store().read("gone", slice -> 1)).isEmpty();
            assertThat(store().size()).isOne();
            assertThat(store().getMany(List.of("gone", "stays"))).containsOnlyKeys("stays");
            assertThat(store().hasMany(List.of("gone", "stays"))).isEqualTo(Map.of("gone", false, "stays", true));
            assertThat(store().metadata("gone")).isEmpty();
            try (Stream<CacheEntry> entries = store().entries()) {
                assertThat(entries.map(CacheEntry::key).toList()).containsExactly("stays");
            }
            if (hasPatterns()) {
                assertThat(store().keys("")).containsExactly("stays");
                assertThat(store().countByPattern("*")).isOne();
                assertThat(store().deleteByPattern("g*")).as("expired entries do not count").isZero();
            }
            assertThat(store().delete("gone")).as("there is no live entry to remove").isFalse();
        }
    }

    @Test
    default void theTimeLeftIsKnown() {
        if (hasTtl()) {
            setFor("a", TEN_MINUTES);
            advance(Duration.ofMinutes(4));
            assertThat(store().ttl("a")).hasValueSatisfying(left -> assertThat(left)
                    .isBetween(Duration.ofMinutes(6), Duration.ofMinutes(6).plusSeconds(1)));
            assertThat(store().ttlOrThrow("a")).isPositive();
            setFor("b", TEN_MINUTES);
            assertThat(store().ttl("b")).as("never more than what was set").hasValueSatisfying(
                    left -> assertThat(left).isLessThanOrEqualTo(TEN_MINUTES));
        }
    }

    @Test
    default void zeroMeansNever() {
        if (hasTtl()) {
            setFor("a", Duration.ZERO);
            assertThat(store().ttl("a")).isEmpty();
            assertThat(store().expiration("a")).isEmpty();
            failing(InvalidOperationException.class, ErrorCode.TTL_NOT_SET, () -> store().ttlOrThrow("a"));
            advance(Duration.ofDays(4000));
            assertThat(get("a")).contains("a");
        }
    }

    @Test
    default void absentKeysHaveNoTime() {
        if (hasTtl()) {
            failing(KeyNotFoundException.class, () -> store().ttl("a"));
            failing(KeyNotFoundException.class, () -> store().expiration("a"));
            failing(KeyNotFoundException.class, () -> store().updateTtl("a", TEN_MINUTES));
            setFor("a", TEN_MINUTES);
            advance(TEN_MINUTES.plusSeconds(1));
            KeyNotFoundException error = failing(KeyNotFoundException.class, () -> store().ttl("a"));
            assertThat(error.code()).isIn(ErrorCode.KEY_NOT_FOUND, ErrorCode.TTL_EXPIRED);
            failing(KeyNotFoundException.class, () -> store().updateTtl("a", TEN_MINUTES));
            assertThat(store().has("a")).as("an expired entry does not come back").isFalse();
        }
    }

    @Test
    default void updateTtlCountsFromNow() {
        if (hasTtl()) {
            setFor("longer", TEN_MINUTES);
            setFor("shorter", Duration.ofMinutes(30));
            setFor("never", TEN_MINUTES);
            advance(Duration.ofMinutes(9));
            store().updateTtl("longer", TEN_MINUTES);
            store().updateTtl("shorter", Duration.ofMinutes(5));
            store().updateTtl("never", Duration.ZERO);
            advance(Duration.ofMinutes(6));
            assertThat(get("longer")).as("past its first expiry").contains("longer");
            assertThat(store().has("shorter")).isFalse();
            advance(Duration.ofMinutes(5));
            assertThat(store().has("longer")).isFalse();
            assertThat(get("never")).contains("never");
        }
    }

    @Test
    default void aNewSetSetsItsOwnTime() {
        if (hasTtl()) {
            setFor("a", TEN_MINUTES);
            setFor("a", Duration.ofMinutes(40));
            setFor("b", Duration.ofMinutes(40));
            setFor("b", TEN_MINUTES);
            store().setWithTTL("c", bytes("c"), TEN_MINUTES);
            advance(TEN_MINUTES.plusSeconds(1));
            assertThat(store().has("a")).isTrue();
            assertThat(store().has("b")).isFalse();
            assertThat(store().has("c")).isFalse();
        }
    }

    @Test
    default void timesThatMakeNoSenseAreRefused() {
        if (hasTtl()) {
            set("a", "old");
            failing(InvalidOperationException.class, ErrorCode.INVALID_TTL, () -> setFor("a", Duration.ofSeconds(-1)));
            failing(InvalidOperationException.class, ErrorCode.INVALID_TTL,
                    () -> store().updateTtl("a", Duration.ofNanos(-1)));
            failing(InvalidOperationException.class, ErrorCode.INVALID_TTL,
                    () -> store().setMany(Map.of("a", bytes("1")), Duration.ofSeconds(-1)));
            assertThat(get("a")).contains("old");
        }
    }

    @Test
    default void expiredEntriesGiveTheirMemoryBack() {
        if (hasTtl()) {
            setFor("first", TEN_MINUTES);
            long before = store().memoryUsage().usedBytes();
            for (int i = 0; i < 2000; i++) {
                store().set("k" + i, new byte[200], TEN_MINUTES);
            }
            long full = store().memoryUsage().usedBytes();
            for (int i = 0; i < 40; i++) {
                advance(Duration.ofMinutes(1));
            }
            assertThat(store().size()).isZero();
            if (full > before) {
                assertThat(store().memoryUsage().usedBytes())
                        .as("memory in use after everything expired and was swept, without any access")
                        .isLessThan(before + (full - before) / 4);
            }
        }
    }
}
