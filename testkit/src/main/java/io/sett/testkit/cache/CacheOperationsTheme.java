// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.cache;

import static io.sett.testkit.Bytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.cache.CacheMemory;
import io.sett.api.cache.CacheSnapshotResult;
import io.sett.api.cache.CacheStats;
import io.sett.api.cache.CacheStore;
import io.sett.api.cache.RemovalCause;
import io.sett.api.common.Capability;
import io.sett.api.common.Health;
import io.sett.api.common.Registration;
import io.sett.api.error.ConfigurationException;
import io.sett.api.error.CorruptionException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.KeyNotFoundException;
import io.sett.api.error.StorageException;
import io.sett.testkit.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Statistics, memory, listeners, snapshots, advice. */
@Theme("operations")
public interface CacheOperationsTheme extends CacheTheme {

    @Test
    default void countersAreExact() {
        set("a", "1");
        set("b", "1");
        set("a", "2");
        get("a");
        get("a");
        get("b");
        get("absent");
        store().has("a");
        store().has("absent");
        store().delete("b");
        store().delete("absent");
        CacheStats stats = store().stats();
        assertThat(stats.sets()).isEqualTo(3);
        assertThat(stats.hits()).as("has does not count").isEqualTo(3);
        assertThat(stats.misses()).isOne();
        assertThat(stats.deletes()).isOne();
        assertThat(stats.deleteMisses()).isOne();
        assertThat(stats.removals(RemovalCause.REPLACED)).isOne();
        assertThat(stats.removals(RemovalCause.EXPLICIT)).isOne();
        assertThat(stats.hitRate()).isEqualTo(0.75);
        assertThat(store().hitRate()).isEqualTo(0.75);
    }

    @Test
    default void countersCanBeReset() {
        set("a", "1");
        get("a");
        advance(Duration.ofSeconds(1));
        store().resetStats();
        CacheStats stats = store().stats();
        assertThat(List.of(stats.sets(), stats.hits(), stats.misses(), stats.deletes(), stats.requests()))
                .containsOnly(0L);
        assertThat(stats.hitRate()).isZero();
        assertThat(stats.since()).isEqualTo(fixture().clock().instant());
        assertThat(get("a")).contains("1");
    }

    @Test
    default void memoryInUseIsNeverMoreThanTheLimit() {
        long capacity = store().capacity();
        int entries = capacity <= 64 << 20 ? (int) (2 * capacity / 4096) : 2000;
        for (int i = 0; i < entries; i++) {
            store().set("key" + i, new byte[4000]);
            if (i % 100 == 0) {
                assertThat(store().memoryUsage().usedBytes()).isLessThanOrEqualTo(capacity);
            }
            assertThat(store().has("key" + i)).as("the entry that was set last").isTrue();
        }
        CacheMemory memory = store().memoryUsage();
        assertThat(memory.usedBytes()).isBetween(0L, capacity);
        assertThat(memory.allocatedBytes()).isGreaterThanOrEqualTo(memory.usedBytes());
        if (capacity <= 64 << 20 && offers(Capability.EVICTION)) {
            assertThat(store().stats().evictions()).isPositive();
        } else {
            assertThat(store().size()).isEqualTo(entries);
        }
        store().clear();
        assertThat(store().memoryUsage().usedBytes()).isLessThanOrEqualTo(memory.usedBytes());
        assertThat(store().capacity()).isEqualTo(capacity);
    }

    private boolean hasListeners() {
        if (offers(Capability.REMOVAL_LISTENER)) {
            return true;
        }
        refuses(Capability.REMOVAL_LISTENER, () -> store().addRemovalListener(removal -> { }));
        return false;
    }

    @Test
    default void listenersHearOfEachRemovalOnceWithItsCause() {
        if (hasListeners()) {
            Removals removals = new Removals();
            try (Registration registration = store().addRemovalListener(removals)) {
                set("replaced", "1");
                set("replaced", "2");
                setAll("deleted", "cleared");
                store().delete("deleted");
                store().delete("deleted");
                store().clear();
                assertThat(removals.await(4)).containsExactlyInAnyOrder("replaced=1 REPLACED",
                        "deleted=deleted EXPLICIT", "replaced=2 EXPLICIT", "cleared=cleared EXPLICIT");
                assertThat(registration).isNotNull();
            }
            set("later", "1");
            store().delete("later");
            assertThat(removals.await(0)).as("after the registration was closed").hasSize(4);
        }
    }

    @Test
    default void listenersHearOfExpiry() {
        if (hasListeners() && hasTtl()) {
            Removals removals = new Removals();
            try (Registration registration = store().addRemovalListener(removals, EnumSet.of(RemovalCause.EXPIRED))) {
                store().set("a", bytes("1"), TEN_MINUTES);
                set("b", "1");
                store().delete("b");
                for (int i = 0; i < 40; i++) {
                    advance(Duration.ofMinutes(1));
                }
                store().get("a");
                assertThat(removals.await(1)).containsExactly("a=1 EXPIRED");
                assertThat(store().stats().expired()).isOne();
                assertThat(registration).isNotNull();
            }
        }
    }

    @Test
    default void aListenerThatThrowsHarmsNobody() {
        if (hasListeners()) {
            Removals removals = new Removals();
            try (Registration bad = store().addRemovalListener(removal -> {
                throw new IllegalStateException("mine");
            }); Registration good = store().addRemovalListener(removals)) {
                setAll("a", "b");
                store().delete("a");
                store().delete("b");
                assertThat(removals.await(2)).hasSize(2);
                assertThat(bad).isNotSameAs(good);
            }
            assertThat(get("a")).isEmpty();
        }
    }

    @Test
    default void contentCanBeSavedAndLoaded() throws IOException {
        Path file = fixture().newDirectory().resolve("cache.snapshot");
        if (!offers(Capability.CACHE_SNAPSHOT)) {
            refuses(Capability.CACHE_SNAPSHOT, () -> store().saveSnapshot(file), () -> store().loadSnapshot(file));
            return;
        }
        failing(KeyNotFoundException.class, ErrorCode.FILE_NOT_FOUND, () -> store().loadSnapshot(file));
        store().set("short", bytes("1"), TEN_MINUTES);
        store().set("never", bytes("2"), Duration.ZERO);
        store().set("present", bytes("3"), Duration.ZERO);
        CacheSnapshotResult saved = store().saveSnapshot(file);
        assertThat(saved.entries()).isEqualTo(3);
        assertThat(saved.fileBytes()).isEqualTo(Files.size(file));
        advance(TEN_MINUTES.plusSeconds(1));
        CacheStore other = fixture().openElsewhere();
        other.set("present", bytes("newer"));
        CacheSnapshotResult loaded = other.loadSnapshot(file);
        assertThat(loaded.entries()).isOne();
        assertThat(loaded.skipped()).isEqualTo(2);
        assertThat(other.getOrThrow("present")).isEqualTo(bytes("newer"));
        assertThat(other.getOrThrow("never")).isEqualTo(bytes("2"));
        assertThat(other.ttl("never")).isEmpty();
        assertThat(other.has("short")).isFalse();
        damaged(file);
    }

    private void damaged(Path file) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        CacheStore third = fixture().openElsewhere();
        for (int at = whole.length - 1; at > 16; at -= Math.max(1, whole.length / 20)) {
            byte[] bad = whole.clone();
            bad[at] ^= 1;
            Files.write(file, bad);
            StorageException error = failing(StorageException.class, () -> third.loadSnapshot(file));
            assertThat(error).as("a flipped bit at %d", at).isInstanceOf(CorruptionException.class);
            assertThat(third.size()).as("a damaged file leaves the cache unchanged").isZero();
        }
    }

    @Test
    default void adviceIsOfferedOrRefused() {
        if (!offers(Capability.ADVICE)) {
            refuses(Capability.ADVICE, () -> store().advise());
            return;
        }
        for (int i = 0; i < 1000; i++) {
            set("k" + i % 50, "v");
            get("k" + i % 10);
        }
        assertThat(store().advise().sampledRequests()).isNotNegative();
    }

    @Test
    default void anUnknownSettingIsRefused() {
        ConfigurationException error = failing(ConfigurationException.class,
                () -> fixture().with("no_such_setting_anywhere", 1).store());
        assertThat(error.getMessage()).contains("no_such_setting_anywhere");
    }

    @Test
    default void anOpenCacheIsHealthyAndCounts() {
        assertThat(store().health().status()).isEqualTo(Health.Status.UP);
        var before = store().metrics();
        set("a", "1");
        get("a");
        assertThat(store().metrics().counters()).isNotEqualTo(before.counters());
    }

    @Test
    default void twoCachesAreApart() {
        CacheStore other = fixture().openElsewhere();
        set("a", "1");
        assertThat(other.has("a")).isFalse();
        assertThat(other.size()).isZero();
        assertThat(other.stats().sets()).isZero();
    }
}
