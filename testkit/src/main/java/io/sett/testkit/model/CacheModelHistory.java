// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.model;

import io.sett.api.cache.CacheStore;
import io.sett.api.common.Capability;
import io.sett.testkit.Bytes;
import io.sett.testkit.EngineHarness;
import io.sett.testkit.StoreFixture;
import io.sett.testkit.Stress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Random histories of a cache: sets with and without times to live, deletes, changes in one step, many keys at once,
 * patterns, time. The histories are small enough that nothing is evicted.
 */
public final class CacheModelHistory {

    private enum Action {
        SET, SET_TTL, GET, HAS, DELETE, UPDATE_TTL, APPEND, PUT_IF_ABSENT, COMPARE_AND_SET, SET_MANY, GET_MANY,
        DELETE_MANY, KEYS, DELETE_BY_PATTERN, SIZE, CLEAR, ADVANCE
    }

    private record Operation(Action action, int key, int number) {

        String name() {
            return "k" + (char) ('a' + key % 3) + key;
        }

        String other() {
            return new Operation(action, number % 12, 0).name();
        }

        byte[] value() {
            return Bytes.pattern(number % 16 == 0 ? 2000 : number % 9, number);
        }

        /** Between five minutes and one hour. */
        Duration ttl() {
            return Duration.ofSeconds(300 + number % 3301);
        }
    }

    private record Entry(String value, Instant expiry) {
    }

    private final StoreFixture<CacheStore> fixture;
    private final Map<String, Entry> model = new HashMap<>();

    private CacheModelHistory(StoreFixture<CacheStore> fixture) {
        this.fixture = fixture;
    }

    /**
     * Runs histories of random seeds; with {@code -Dsett.seed} only that one.
     *
     * @throws AssertionError with the seed and the reduced history when a cache differs from the model
     */
    public static void check(EngineHarness harness, int histories, int operations) {
        for (int i = 0; i < (Stress.isReplay() ? 1 : histories); i++) {
            long seed = Stress.seed();
            RandomHistory.check("the cache of engine '" + harness.provider().id() + "'", seed,
                    history(seed, operations), history -> run(harness, history));
        }
    }

    private static List<Operation> history(long seed, int length) {
        Random random = new Random(seed);
        List<Operation> history = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            Action action = Action.values()[random.nextInt(Action.values().length)];
            if (action == Action.CLEAR && random.nextInt(5) > 0) {
                action = Action.SET;
            }
            history.add(new Operation(action, random.nextInt(12), random.nextInt(1 << 20)));
        }
        return history;
    }

    private static Optional<Throwable> run(EngineHarness harness, List<Operation> history) {
        try (StoreFixture<CacheStore> fixture = new StoreFixture<>(CacheStore.class, harness)) {
            CacheModelHistory run = new CacheModelHistory(fixture);
            history.forEach(run::step);
            run.compareSize();
            return Optional.empty();
        } catch (RuntimeException | AssertionError failed) {
            return Optional.of(failed);
        }
    }

    private CacheStore cache() {
        return fixture.store();
    }

    private Optional<String> expected(String key) {
        Entry entry = model.get(key);
        if (entry != null && !fixture.clock().instant().isBefore(entry.expiry())) {
            model.remove(key);
            entry = null;
        }
        return Optional.ofNullable(entry).map(Entry::value);
    }

    /** The store rounds expiry up to its precision, so the model takes over the moment that the store tells. */
    private void stored(String key, byte[] value) {
        Instant expiry = cache().supports(Capability.TTL) ? cache().expiration(key).orElse(Instant.MAX) : Instant.MAX;
        model.put(key, new Entry(Bytes.hex(value), expiry));
    }

    private static void same(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError(what + ": expected " + expected + ", got " + actual);
        }
    }

    private void step(Operation operation) {
        switch (operation.action()) {
            case SET, SET_TTL, APPEND, PUT_IF_ABSENT, COMPARE_AND_SET, UPDATE_TTL -> write(operation);
            case SET_MANY, GET_MANY, DELETE_MANY, KEYS, DELETE_BY_PATTERN -> many(operation);
            case GET -> same("get", expected(operation.name()), cache().get(operation.name()).map(Bytes::hex));
            case HAS -> same("has", expected(operation.name()).isPresent(), cache().has(operation.name()));
            case DELETE -> {
                same("delete", expected(operation.name()).isPresent(), cache().delete(operation.name()));
                model.remove(operation.name());
            }
            case SIZE -> compareSize();
            case CLEAR -> {
                cache().clear();
                model.clear();
            }
            default -> fixture.clock().advance(Duration.ofSeconds(operation.number() % 900));
        }
    }

    private void compareSize() {
        List.copyOf(model.keySet()).forEach(this::expected);
        same("size", (long) model.size(), cache().size());
    }

    private void write(Operation operation) {
        String key = operation.name();
        byte[] value = operation.value();
        Optional<String> before = expected(key);
        switch (operation.action()) {
            case SET_TTL -> {
                if (cache().supports(Capability.TTL)) {
                    cache().set(key, value, operation.ttl());
                    stored(key, value);
                    Duration left = cache().ttl(key).orElseThrow();
                    same("ttl at most what was set", true, left.compareTo(operation.ttl()) <= 0);
                }
            }
            case UPDATE_TTL -> {
                if (cache().supports(Capability.TTL) && before.isPresent()) {
                    cache().updateTtl(key, operation.ttl());
                    stored(key, cache().getOrThrow(key));
                    same("value after updateTtl", before, Optional.of(model.get(key).value()));
                }
            }
            case APPEND -> {
                long length = cache().append(key, value);
                String joined = before.orElse("") + Bytes.hex(value);
                same("append", joined.length() / 2L, length);
                stored(key, java.util.HexFormat.of().parseHex(joined));
            }
            case PUT_IF_ABSENT -> {
                same("putIfAbsent", before, cache().putIfAbsent(key, value).map(Bytes::hex));
                if (before.isEmpty()) {
                    stored(key, value);
                }
            }
            case COMPARE_AND_SET -> {
                byte[] wanted = before.map(java.util.HexFormat.of()::parseHex).orElse(value);
                same("compareAndSet", before.isPresent(), cache().compareAndSet(key, wanted, value));
                before.ifPresent(old -> stored(key, value));
            }
            default -> {
                cache().set(key, value);
                stored(key, value);
            }
        }
    }

    private void many(Operation operation) {
        List<String> keys = List.of(operation.name(), operation.other());
        switch (operation.action()) {
            case SET_MANY -> {
                if (cache().supports(Capability.ATOMIC_BATCH_SET)) {
                    cache().setMany(Map.of(operation.name(), operation.value()));
                    stored(operation.name(), operation.value());
                }
            }
            case GET_MANY -> {
                Map<String, String> wanted = new HashMap<>();
                keys.forEach(key -> expected(key).ifPresent(value -> wanted.put(key, value)));
                Map<String, String> found = new HashMap<>();
                cache().getMany(keys).forEach((key, value) -> found.put(key, Bytes.hex(value)));
                same("getMany", wanted, found);
            }
            case DELETE_MANY -> {
                long wanted = keys.stream().distinct().filter(key -> expected(key).isPresent()).count();
                same("deleteMany", wanted, cache().deleteMany(keys));
                keys.forEach(model::remove);
            }
            default -> byPattern(operation);
        }
    }

    private void byPattern(Operation operation) {
        if (cache().supports(Capability.PATTERNS)) {
            String prefix = operation.name().substring(0, 2);
            List<String> wanted = List.copyOf(model.keySet()).stream()
                    .filter(key -> key.startsWith(prefix) && expected(key).isPresent()).sorted().toList();
            if (operation.action() == Action.KEYS) {
                same("keys", wanted, cache().keys(prefix + "*").stream().sorted().toList());
            } else {
                same("deleteByPattern", (long) wanted.size(), cache().deleteByPattern(prefix + "*"));
                wanted.forEach(model::remove);
            }
        }
    }
}
