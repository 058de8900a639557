// SPDX-License-Identifier: Apache-2.0
package io.sett.api;

import io.sett.api.error.ConfigurationException;
import io.sett.api.error.ErrorCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Settings of one store, laid over those of the configuration: a tree of names, as it would stand in the section of the
 * engine ({@code path}, {@code mem_table_size}, {@code backup.enabled}). The name {@code engine} chooses the engine.
 * Immutable; safe for any thread.
 *
 * <pre>{@code
 * StoreSettings.empty().with("path", dir).with("mem_table_size", "32MB").with("backup.enabled", false)
 * }</pre>
 *
 * <p>Leaves are texts, truth values, numbers, {@link Duration}s and lists of these; paths and enum constants are taken
 * as their text. Whether a name exists and a value is allowed is checked by the engine when the store is opened, for
 * all of them at once.
 */
public final class StoreSettings {

    private static final StoreSettings EMPTY = new StoreSettings(new TreeMap<>());
    private static final Set<Class<?>> LEAVES = Set.of(String.class, Boolean.class, Byte.class, Short.class,
            Integer.class, Long.class, Float.class, Double.class, BigInteger.class, BigDecimal.class, Duration.class);

    private final Map<String, Object> tree;

    private StoreSettings(Map<String, Object> tree) {
        this.tree = Collections.unmodifiableMap(tree);
    }

    /** No settings: everything as configured. */
    public static StoreSettings empty() {
        return EMPTY;
    }

    /**
     * Settings from a map, which may hold maps; a name with dots stands for nested ones. Copied.
     *
     * @throws ConfigurationException with {@link ErrorCode#INVALID_CONFIG} for a value of a type that is not allowed,
     *     an empty name, and a name that is both a setting and a section
     */
    public static StoreSettings of(Map<String, ?> settings) {
        Map<String, Object> tree = new TreeMap<>();
        merge(tree, settings, "");
        return new StoreSettings(tree);
    }

    /**
     * The same with one setting added or changed.
     *
     * @param path the name, dots between its parts
     * @param value a leaf, or a map, which is laid over what is there
     * @throws ConfigurationException as {@link #of}
     */
    public StoreSettings with(String path, Object value) {
        return with(Map.of(path, value));
    }

    /** The same with other settings laid over them; theirs win. */
    public StoreSettings with(StoreSettings others) {
        return with(others.tree);
    }

    private StoreSettings with(Map<String, ?> others) {
        Map<String, Object> copy = new TreeMap<>();
        merge(copy, tree, "");
        merge(copy, others, "");
        return new StoreSettings(copy);
    }

    /** A leaf, or the map of a section; empty when the name is not set. */
    public Optional<Object> get(String path) {
        Object node = tree;
        for (String part : path.split("\\.", -1)) {
            node = node instanceof Map<?, ?> section ? section.get(part) : null;
            if (node == null) {
                return Optional.empty();
            }
        }
        return Optional.of(node);
    }

    /** Whether nothing is set. */
    public boolean isEmpty() {
        return tree.isEmpty();
    }

    /** The tree: names sorted, sections as maps, all of it unmodifiable. */
    public Map<String, Object> asMap() {
        return tree;
    }

    private static void merge(Map<String, Object> target, Map<?, ?> source, String at) {
        source.forEach((name, value) -> put(target, at, String.valueOf(name), value));
    }

    private static void put(Map<String, Object> target, String at, String name, @Nullable Object value) {
        int dot = name.indexOf('.');
        String first = dot < 0 ? name : name.substring(0, dot);
        String path = at.isEmpty() ? first : at + "." + first;
        if (first.isBlank()) {
            throw invalid("A part of the setting name '" + (at.isEmpty() ? name : at + "." + name) + "' is empty");
        }
        boolean section = dot >= 0 || value instanceof Map<?, ?>;
        Object present = target.get(first);
        if (present != null && section != present instanceof Map<?, ?>) {
            throw invalid("The name '" + path + "' is given both as a setting and as a section");
        }
        if (!section) {
            target.put(first, leaf(path, value));
            return;
        }
        Map<String, Object> inner = new TreeMap<>();
        if (present instanceof Map<?, ?> before) {
            merge(inner, before, path);
        }
        if (dot >= 0) {
            put(inner, path, name.substring(dot + 1), value);
        } else if (value instanceof Map<?, ?> map) {
            merge(inner, map, path);
        }
        target.put(first, Collections.unmodifiableMap(inner));
    }

    private static Object leaf(String path, @Nullable Object value) {
        if (value instanceof Path || value instanceof Enum<?>) {
            return value.toString();
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(leaf(path, item)));
            return List.copyOf(copy);
        }
        if (value == null || !LEAVES.contains(value.getClass())) {
            String found = value == null ? "null" : "a " + value.getClass().getName();
            throw invalid("The setting '" + path + "' is " + found
                    + "; allowed are texts, truth values, numbers, durations, paths, enum constants and lists of them");
        }
        return value;
    }

    private static ConfigurationException invalid(String message) {
        return new ConfigurationException(ErrorCode.INVALID_CONFIG, message);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoreSettings that && tree.equals(that.tree);
    }

    @Override
    public int hashCode() {
        return tree.hashCode();
    }

    /** The names on the first level; values may be secrets and are not printed. */
    @Override
    public String toString() {
        return "StoreSettings" + tree.keySet();
    }
}
