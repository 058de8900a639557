// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.cache;

import static io.sett.testkit.Bytes.bytes;

import io.sett.api.cache.CacheStore;
import io.sett.api.common.Capability;
import io.sett.testkit.Bytes;
import io.sett.testkit.ContractTheme;
import java.time.Duration;
import java.util.Optional;

/** Short forms that all themes of caches use. */
public interface CacheTheme extends ContractTheme<CacheStore> {

    /** A time to live that every cache under test allows. */
    Duration TEN_MINUTES = Duration.ofMinutes(10);

    /** Stores a text with the default time to live. */
    default void set(String key, String value) {
        store().set(key, bytes(value));
    }

    /** Stores each key with itself as the value. */
    default void setAll(String... keys) {
        for (String key : keys) {
            set(key, key);
        }
    }

    /** The value of a key as text. */
    default Optional<String> get(String key) {
        return Bytes.text(store().get(key));
    }

    /** Whether entries can have times to live; if not, that they are refused is checked. */
    default boolean hasTtl() {
        if (offers(Capability.TTL)) {
            return true;
        }
        refuses(Capability.TTL, () -> store().set("k", bytes("v"), TEN_MINUTES));
        return false;
    }

    /** Whether several keys can be set in one step; if not, that it is refused is checked. */
    default boolean hasSetMany() {
        if (offers(Capability.ATOMIC_BATCH_SET)) {
            return true;
        }
        refuses(Capability.ATOMIC_BATCH_SET, () -> store().setMany(java.util.Map.of("k", bytes("v"))));
        return false;
    }

    /** Whether several keys can be read and changed in one step; if not, that it is refused is checked. */
    default boolean hasAtomically() {
        if (offers(Capability.MULTI_KEY_ATOMIC)) {
            return true;
        }
        refuses(Capability.MULTI_KEY_ATOMIC,
                () -> store().atomically(java.util.List.of("a", "b"), view -> view.has("a")));
        return false;
    }

    /** Whether keys can be found by pattern; if not, that it is refused is checked. */
    default boolean hasPatterns() {
        if (offers(Capability.PATTERNS)) {
            return true;
        }
        refuses(Capability.PATTERNS, () -> store().keyStream("*").close(), () -> store().deleteByPattern("*"));
        return false;
    }
}
