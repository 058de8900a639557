// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.kv;

import static io.sett.engine.memcache.internal.kv.MemoryKV.bytes;
import static io.sett.engine.memcache.internal.kv.MemoryKV.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.KeyRange;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.KVReader;
import io.sett.api.kv.KVWriter;
import io.sett.api.kv.PutOptions;
import io.sett.api.kv.Snapshot;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.VerifyLevel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MemoryKVModelTest {

    private record Value(String text, long expiresAt) {
        boolean isAlive(long now) {
            return expiresAt == 0 || now < expiresAt;
        }
    }

    private record Past(KVReader reader, AutoCloseable closer, NavigableMap<String, Value> model) {
    }

    private final MemoryKV kv = new MemoryKV(Map.of("kept_deletions", 50));
    private final NavigableMap<String, Value> model = new TreeMap<>();
    private final List<Past> pasts = new ArrayList<>();
    private Random random = new Random(0);
    private int keys = 1;

    @Test
    void behavesLikeASortedMapWithHistory() throws Exception {
        long seed = MemoryKV.seed("MemoryKVModelTest");
        random = new Random(seed);
        int steps = Boolean.getBoolean("sett.stress") ? 300_000 : 10_000;
        for (int step = 0; step < steps; step++) {
            if (step % 1000 == 0) {
                keys = 1 + random.nextInt(400);
            }
            String where = "seed " + seed + " step " + step;
            step(where);
            if (step % 100 == 0) {
                check(kv.store, model, where);
                assertThat(kv.store.maintenance().verify(VerifyLevel.FULL).problems()).as(where).isEmpty();
            }
        }
        for (Past past : pasts) {
            check(past.reader, past.model, "seed " + seed + " at the end");
            past.closer.close();
        }
        pasts.clear();
        kv.store.deleteRange(KeyRange.all());
        kv.store.maintenance().garbageCollect();
        assertThat(kv.store.count(new byte[0])).isZero();
        assertThat(kv.gauge("keys")).as("only remembered deletions are left").isLessThanOrEqualTo(50);
        assertThat(kv.gauge("versions")).isEqualTo(kv.gauge("keys"));
        assertThat(kv.budget.usedBytes()).isEqualTo(kv.store.size());
        kv.close();
        assertThat(kv.budget.usedBytes()).isZero();
    }

    private void step(String where) throws Exception {
        switch (random.nextInt(20)) {
            case 0 -> {
                Snapshot snapshot = kv.store.snapshot();
                pasts.add(new Past(snapshot, snapshot, new TreeMap<>(model)));
            }
            case 1 -> {
                Transaction transaction = kv.store.transaction(random.nextBoolean());
                pasts.add(new Past(transaction, transaction, new TreeMap<>(model)));
            }
            case 2, 3 -> {
                if (!pasts.isEmpty()) {
                    Past past = pasts.remove(random.nextInt(pasts.size()));
                    check(past.reader, past.model, where);
                    past.closer.close();
                }
            }
            case 4 -> kv.clock.advance(Duration.ofMillis(random.nextInt(30)));
            case 5 -> {
                String from = key();
                String to = key();
                if (random.nextInt(5) == 0) {
                    kv.store.deleteRange(KeyRange.of(bytes(from), bytes(to)));
                    if (from.compareTo(to) < 0) {
                        model.subMap(from, to).clear();
                    }
                }
            }
            case 6 -> {
                try (var batch = kv.store.batchBegin()) {
                    write(batch, random.nextInt(80));
                    batch.write();
                }
            }
            case 7 -> {
                try (Transaction transaction = kv.store.transaction(false)) {
                    write(transaction, random.nextInt(10));
                    check(transaction, model, where);
                    transaction.commit();
                }
            }
            case 8 -> walk(where);
            default -> write(kv.store, 1);
        }
        String key = key();
        Optional<String> expected = Optional.ofNullable(model.get(key)).filter(this::isAlive).map(Value::text);
        assertThat(kv.store.get(bytes(key)).map(MemoryKV::text)).as(where).isEqualTo(expected);
        assertThat(kv.store.has(bytes(key))).as(where).isEqualTo(expected.isPresent());
    }

    private boolean isAlive(Value value) {
        return value.isAlive(kv.clock.millis());
    }

    private String key() {
        int number = random.nextInt(keys);
        return number % 7 == 0 ? "\u00ff" + number : "k" + number;
    }

    private void write(KVWriter writer, int count) {
        for (int i = 0; i < count; i++) {
            String key = key();
            if (random.nextInt(3) == 0) {
                writer.delete(bytes(key));
                model.remove(key);
            } else if (random.nextInt(4) == 0) {
                int ttl = 1 + random.nextInt(100);
                writer.put(bytes(key), bytes("t" + i), PutOptions.ttl(Duration.ofMillis(ttl)));
                model.put(key, new Value("t" + i, kv.clock.millis() + ttl));
            } else {
                String value = "v" + random.nextInt(1000);
                writer.put(bytes(key), bytes(value));
                model.put(key, new Value(value, 0));
            }
        }
    }

    private List<String> alive(NavigableMap<String, Value> map) {
        return map.entrySet().stream().filter(entry -> isAlive(entry.getValue()))
                .map(entry -> entry.getKey() + "=" + entry.getValue().text()).toList();
    }

    private void check(KVReader reader, NavigableMap<String, Value> expected, String where) {
        assertThat(MemoryKV.content(reader)).as(where).isEqualTo(alive(expected));
        String from = key();
        String to = key();
        KeyRange range = KeyRange.of(bytes(from), bytes(to));
        NavigableMap<String, Value> part =
                from.compareTo(to) < 0 ? expected.subMap(from, true, to, false) : new TreeMap<>();
        assertThat(MemoryKV.content(reader, CursorOptions.of(range).withReverse(true))).as(where)
                .isEqualTo(alive(part.descendingMap()));
        assertThat(reader.count(range)).as(where).isEqualTo(alive(part).size());
    }

    private void walk(String where) {
        List<String> all = model.entrySet().stream().filter(entry -> isAlive(entry.getValue())).map(Map.Entry::getKey)
                .toList();
        try (Cursor cursor = kv.store.iterate(new byte[0])) {
            int at = -1;
            boolean positioned = false;
            for (int i = 0; i < 20; i++) {
                int move = positioned ? random.nextInt(6) : random.nextInt(4);
                String key = key();
                boolean moved;
                switch (move) {
                    case 0 -> {
                        at = 0;
                        moved = cursor.first();
                    }
                    case 1 -> {
                        at = all.size() - 1;
                        moved = cursor.last();
                    }
                    case 2 -> {
                        at = (int) all.stream().filter(other -> other.compareTo(key) < 0).count();
                        moved = cursor.seek(bytes(key));
                    }
                    case 3 -> {
                        at = (int) all.stream().filter(other -> other.compareTo(key) <= 0).count() - 1;
                        moved = cursor.seekForPrev(bytes(key));
                    }
                    case 4 -> {
                        at++;
                        moved = cursor.next();
                    }
                    default -> {
                        at--;
                        moved = cursor.prev();
                    }
                }
                positioned = at >= 0 && at < all.size();
                assertThat(moved).as(where).isEqualTo(positioned);
                if (positioned) {
                    assertThat(text(cursor.key())).as(where).isEqualTo(all.get(at));
                }
                write(kv.store, random.nextInt(2));
            }
        }
    }

    @Test
    void allVersionsGoDownAndBackUp() {
        try (Snapshot first = snapshotAfterPut("a", "1"); Snapshot second = snapshotAfterPut("a", "2");
                Snapshot third = snapshotAfterPut("b", "3")) {
            kv.store.delete(bytes("a"));
            assertThat(List.of(first.version(), second.version(), third.version())).isSorted();
            try (Cursor cursor = kv.store.cursor(CursorOptions.defaults().withAllVersions(true))) {
                List<String> forth = new ArrayList<>();
                List<String> back = new ArrayList<>();
                while (cursor.next()) {
                    forth.add(text(cursor.key()) + cursor.version() + cursor.isDeletion());
                }
                assertThat(forth).containsExactly("a4true", "a2false", "a1false", "b3false");
                for (boolean more = cursor.last(); more; more = cursor.prev()) {
                    back.add(0, text(cursor.key()) + cursor.version() + cursor.isDeletion());
                }
                assertThat(back).isEqualTo(forth);
            }
        }
        kv.close();
    }

    private Snapshot snapshotAfterPut(String key, String value) {
        kv.put(key, value);
        return kv.store.snapshot();
    }

    @Test
    void theModelIteratesInUnsignedOrder() {
        kv.put("\u00ff", "high");
        kv.put("\u007f", "low");
        kv.put("\u0000", "lowest");
        Iterator<String> keys = MemoryKV.content(kv.store).iterator();
        assertThat(keys).toIterable().containsExactly("\u0000=lowest", "\u007f=low", "\u00ff=high");
        kv.close();
    }
}
