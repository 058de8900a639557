// SPDX-License-Identifier: Apache-2.0
package io.sett.api.event;

import io.sett.api.common.StoreKind;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that happened in a store. Immutable.
 *
 * @param at when
 * @param store the name of the store
 * @param kind the kind of the store
 * @param type what happened
 * @param severity how much it matters
 * @param message a sentence for a person
 * @param details the facts as text, by lower-case names ({@code file}, {@code bytes}, {@code duration_ms});
 *     unmodifiable
 */
public record StorageEvent(Instant at, String store, StoreKind kind, EventType type, Severity severity, String message,
        Map<String, String> details) {

    /** Copies the details and keeps their order. */
    public StorageEvent {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** An event with the usual severity of its type. */
    public static StorageEvent of(Instant at, String store, StoreKind kind, EventType type, String message,
            Map<String, ?> details) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, ?> detail : details.entrySet()) {
            texts.put(detail.getKey(), String.valueOf(detail.getValue()));
        }
        return new StorageEvent(at, store, kind, type, type.severity(), message, texts);
    }

    /** The same event with another severity. */
    public StorageEvent withSeverity(Severity value) {
        return new StorageEvent(at, store, kind, type, value, message, details);
    }
}
