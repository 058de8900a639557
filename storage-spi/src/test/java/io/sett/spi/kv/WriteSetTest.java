// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import static io.sett.spi.kv.TestKeys.bytes;
import static io.sett.spi.kv.TestKeys.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.LimitExceededException;
import io.sett.api.common.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WriteSetTest {

    private record Frozen(WriteSet.View view, NavigableMap<String, String> model) {
    }

    @Test
    void behavesLikeASortedMapAndViewsStay() {
        long seed = Seeds.next("WriteSetTest");
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            int keys = 1 + random.nextInt(300);
            WriteSet set = new WriteSet(TestKeys.ARGUMENTS);
            NavigableMap<String, String> model = new TreeMap<>();
            List<Frozen> frozen = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                String key = TestKeys.randomKey(random, keys);
                if (random.nextInt(3) == 0) {
                    set.delete(bytes(key));
                    model.put(key, "-");
                } else {
                    set.put(bytes(key), bytes("" + i), PendingWrite.NEVER, (byte) 0);
                    model.put(key, "" + i);
                }
                if (random.nextInt(40) == 0) {
                    frozen.add(new Frozen(set.freeze(), new TreeMap<>(model)));
                }
                if (!frozen.isEmpty()) {
                    Frozen one = frozen.get(random.nextInt(frozen.size()));
                    check(one, TestKeys.randomKey(random, keys), random, "seed " + seed + " round " + round);
                    if (random.nextInt(50) == 0) {
                        one.view().close();
                        frozen.remove(one);
                    }
                }
            }
            checkContent(set, model, "seed " + seed + " round " + round);
        }
    }

    private static void check(Frozen frozen, String key, Random random, String where) {
        boolean inclusive = random.nextBoolean();
        assertThat(shown(frozen.view().up(bytes(key), inclusive))).as(where)
                .isEqualTo(shown(inclusive ? frozen.model().ceilingEntry(key) : frozen.model().higherEntry(key)));
        assertThat(shown(frozen.view().down(bytes(key), inclusive))).as(where)
                .isEqualTo(shown(inclusive ? frozen.model().floorEntry(key) : frozen.model().lowerEntry(key)));
        assertThat(shown(frozen.view().up(null, true))).as(where).isEqualTo(shown(frozen.model().firstEntry()));
        assertThat(shown(frozen.view().down(null, true))).as(where).isEqualTo(shown(frozen.model().lastEntry()));
    }

    private static String shown(@Nullable PendingWrite write) {
        return write == null ? "none" : text(write.key()) + "=" + (write.isDeletion() ? "-" : text(write.value()));
    }

    private static String shown(Map.@Nullable Entry<String, String> entry) {
        return entry == null ? "none" : entry.getKey() + "=" + entry.getValue();
    }

    private static void checkContent(WriteSet set, NavigableMap<String, String> model, String where) {
        List<String> content = new ArrayList<>();
        long size = 0;
        for (PendingWrite write : set) {
            content.add(shown(write));
            size += write.byteSize();
        }
        assertThat(content).as(where).isEqualTo(model.entrySet().stream().map(WriteSetTest::shown).toList());
        assertThat(set.size()).isEqualTo(model.size());
        assertThat(set.byteSize()).isEqualTo(size);
        model.forEach((key, value) -> assertThat(shown(set.find(bytes(key)))).isEqualTo(key + "=" + value));
    }

    @Test
    void ascendingKeysStayOrdered() {
        WriteSet set = new WriteSet(TestKeys.ARGUMENTS);
        for (int i = 0; i < 5000; i++) {
            set.putOwned(bytes(String.format("%05d", i)), bytes("v"), PendingWrite.NEVER, (byte) 0);
        }
        set.put(bytes("00010x"), bytes("late"), PendingWrite.NEVER, (byte) 3);
        List<String> keys = new ArrayList<>();
        set.forEach(write -> keys.add(text(write.key())));
        assertThat(keys).hasSize(5001).isSorted();
        assertThat(set.find(bytes("00010x")).metadata()).isEqualTo((byte) 3);
    }

    @Test
    void copiesItsArguments() {
        WriteSet set = new WriteSet(TestKeys.ARGUMENTS);
        byte[] key = bytes("k");
        byte[] value = bytes("v");
        set.put(key, value, PendingWrite.NEVER, (byte) 0);
        key[0] = 'x';
        value[0] = 'x';
        assertThat(shown(set.find(bytes("k")))).isEqualTo("k=v");
    }

    @Test
    void refusesWhatIsTooLargeAndStaysAsItWas() {
        KVArguments small = new KVArguments("s", "e", new Limits(4, 8, 20, 3, null), Set.of());
        WriteSet set = new WriteSet(small);
        assertThatThrownBy(() -> set.put(new byte[0], bytes("v"), 0, (byte) 0))
                .isInstanceOfSatisfying(InvalidOperationException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
        tooLarge(ErrorCode.ENTRY_TOO_LARGE, () -> set.put(new byte[5], bytes("v"), 0, (byte) 0));
        tooLarge(ErrorCode.ENTRY_TOO_LARGE, () -> set.put(bytes("k"), new byte[9], 0, (byte) 0));
        tooLarge(ErrorCode.ENTRY_TOO_LARGE, () -> set.delete(new byte[5]));
        set.put(bytes("a"), new byte[8], 0, (byte) 0);
        set.put(bytes("b"), new byte[8], 0, (byte) 0);
        tooLarge(ErrorCode.TXN_TOO_BIG, () -> set.put(bytes("c"), new byte[2], 0, (byte) 0));
        set.put(bytes("a"), new byte[7], 0, (byte) 0);
        set.delete(bytes("c"));
        tooLarge(ErrorCode.TXN_TOO_BIG, () -> set.delete(bytes("d")));
        assertThat(set.size()).isEqualTo(3);
        assertThat(set.byteSize()).isEqualTo(8 + 9 + 1);
    }

    private static void tooLarge(ErrorCode code, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(LimitExceededException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.details()).containsKeys("limit", "actual");
        });
    }
}
