// SPDX-License-Identifier: Apache-2.0
package io.sett.api.common;

import java.util.Locale;
import java.util.Optional;

/** The kinds of stores. A name belongs to one store, of one kind. */
public enum StoreKind {
    /** Ordered key-value store with transactions. */
    KEY_VALUE("kv_store", "key-value store"),
    /** Cache with times to live and eviction. */
    CACHE("cache_store", "cache"),
    /** Files by name. */
    FILE("file_store", "file store"),
    /** Temporary files that vanish. */
    TEMP("temp_store", "temporary store"),
    /** Relational store. */
    SQL("sql_store", "SQL store");

    private final String key;
    private final String label;

    StoreKind(String key, String label) {
        this.key = key;
        this.label = label;
    }

    /** The name of this kind in configuration: {@code storage.default_engines.<key>}. */
    public String key() {
        return key;
    }

    /** The name of this kind in messages. */
    public String label() {
        return label;
    }

    /** The kind with this configuration key or constant name, in any case. */
    public static Optional<StoreKind> find(String keyOrName) {
        String wanted = keyOrName.toLowerCase(Locale.ROOT);
        for (StoreKind kind : values()) {
            if (kind.key.equals(wanted) || kind.name().toLowerCase(Locale.ROOT).equals(wanted)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
