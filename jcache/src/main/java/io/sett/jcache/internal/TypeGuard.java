// SPDX-License-Identifier: Apache-2.0
package io.sett.jcache.internal;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Refuses keys and values that are null or not of the types that a cache was made for. */
final class TypeGuard {

    private final String cache;
    private final Class<?> keys;
    private final Class<?> values;

    TypeGuard(String cache, Class<?> keys, Class<?> values) {
        this.cache = cache;
        this.keys = keys;
        this.values = values;
    }

    void key(@Nullable Object key) {
        check("key", keys, key);
    }

    void value(@Nullable Object value) {
        check("value", values, value);
    }

    void keys(@Nullable Iterable<?> all) {
        for (Object key : Objects.requireNonNull(all, "keys")) {
            key(key);
        }
    }

    private void check(String what, Class<?> type, @Nullable Object object) {
        Objects.requireNonNull(object, what);
        if (!type.isInstance(object)) {
            throw new ClassCastException("cache '" + cache + "': the " + what + " is a " + object.getClass().getName()
                    + "; this cache takes " + type.getName());
        }
    }
}
