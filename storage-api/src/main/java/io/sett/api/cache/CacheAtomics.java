// SPDX-License-Identifier: Apache-2.0
package io.sett.api.cache;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Operations that read and write in one step. Thread-safe and linearizable: no other write to the keys comes between.
 *
 * <p>An engine has to provide {@link #atomically}; the others follow from it and may be overridden for speed.
 *
 * <p>Functions that are passed in hold up other users of their keys: keep them short, and do not call the cache from
 * them other than through the {@link CacheView}. An engine that works optimistically may call a function again, so it
 * must have no effects outside of the cache. The written values must obey the rules of
 * {@link CacheWriter#set(String, byte[])}.
 */
public interface CacheAtomics {

    /**
     * Runs a body that may read and write the named keys, all of its writes taking effect at one moment.
     *
     * @param keys every key that the body may touch
     * @param body must not return null; when it throws, nothing is written and the exception reaches the caller
     * @return what the body returned
     */
    <T> T atomically(Collection<String> keys, Function<? super CacheView, ? extends T> body);

    /**
     * Stores a value with the default TTL if the key is absent.
     *
     * @return the value that was there; empty when the new one has been stored
     */
    default Optional<byte[]> putIfAbsent(String key, byte[] value) {
        return atomically(List.of(key), view -> {
            Optional<byte[]> existing = view.get(key);
            if (existing.isEmpty()) {
                view.set(key, value);
            }
            return existing;
        });
    }

    /** Like {@link #putIfAbsent(String, byte[])} with a TTL ({@link Duration#ZERO}: never expires). */
    default Optional<byte[]> putIfAbsent(String key, byte[] value, Duration ttl) {
        return atomically(List.of(key), view -> {
            Optional<byte[]> existing = view.get(key);
            if (existing.isEmpty()) {
                view.set(key, value, ttl);
            }
            return existing;
        });
    }

    /**
     * Stores a value with a TTL if the key is present.
     *
     * @return whether it was present, and so whether the value has been stored
     */
    default boolean replace(String key, byte[] value, Duration ttl) {
        return atomically(List.of(key), view -> {
            boolean present = view.has(key);
            if (present) {
                view.set(key, value, ttl);
            }
            return present;
        });
    }

    /**
     * Stores a value if the present one has exactly the expected bytes. The entry keeps its expiry.
     *
     * @return whether the value has been stored; false also when the key is absent
     */
    default boolean compareAndSet(String key, byte[] expected, byte[] replacement) {
        return atomically(List.of(key), view -> {
            Optional<byte[]> present = view.get(key);
            return present.isPresent() && Arrays.equals(present.get(), expected) && view.update(key, replacement);
        });
    }

    /**
     * Computes a new value from the present one and stores it with the default TTL.
     *
     * @param function gets the present value, returns the new one; empty on either side means absent
     * @return the new value
     */
    default Optional<byte[]> compute(String key, Function<Optional<byte[]>, Optional<byte[]>> function) {
        return atomically(List.of(key), view -> {
            Optional<byte[]> result = function.apply(view.get(key));
            result.ifPresentOrElse(value -> view.set(key, value), () -> view.delete(key));
            return result;
        });
    }

    /** Like {@link #compute(String, Function)} with a TTL ({@link Duration#ZERO}: never expires). */
    default Optional<byte[]> compute(String key, Function<Optional<byte[]>, Optional<byte[]>> function, Duration ttl) {
        return atomically(List.of(key), view -> {
            Optional<byte[]> result = function.apply(view.get(key));
            result.ifPresentOrElse(value -> view.set(key, value, ttl), () -> view.delete(key));
            return result;
        });
    }

    /**
     * Appends bytes to a value. An entry that is there keeps its expiry; an absent one is made with the default TTL.
     *
     * @return the length of the value afterwards, in bytes
     */
    default long append(String key, byte[] bytes) {
        return atomically(List.of(key), view -> {
            byte[] old = view.get(key).orElse(null);
            if (old == null) {
                view.set(key, bytes);
                return (long) bytes.length;
            }
            byte[] joined = Arrays.copyOf(old, Math.addExact(old.length, bytes.length));
            System.arraycopy(bytes, 0, joined, old.length, bytes.length);
            view.update(key, joined);
            return (long) joined.length;
        });
    }
}
