// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.error.ConfigurationException;
import io.sett.api.error.FormatVersionException;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.LimitExceededException;
import io.sett.api.error.StorageException;
import io.sett.api.file.FileInfo;
import io.sett.api.file.FileInput;
import io.sett.api.file.FileOutput;
import io.sett.api.file.FileStore;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.KVStore;
import io.sett.spi.Engines;
import io.sett.testkit.Bytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in the key-value store below files. */
class KeyValueFileTest {

    private final KVStore below = Engines.open(KVStore.class, "memory", Map.of());

    @AfterEach
    void closeStore() {
        below.close();
    }

    /** Keys whose first byte is of this type; the prefix is empty. */
    static List<byte[]> keys(KVStore store, char type) {
        List<byte[]> keys = new ArrayList<>();
        try (Cursor cursor = store.iterate(new byte[] {(byte) type})) {
            while (cursor.next()) {
                keys.add(cursor.key());
            }
        }
        return keys;
    }

    @Test
    void replacedAndDeletedContentGoesAwayWhenNobodyReadsIt() {
        try (FileStore files = KeyValueFiles.over(below, "")) {
            files.save("a", Bytes.pattern(200_000, 1));
            assertThat(keys(below, 'c')).hasSize(4);
            try (FileInput reader = files.openRead("a")) {
                files.save("a", Bytes.pattern(70_000, 2));
                assertThat(keys(below, 'c')).hasSize(6);
                assertThat(keys(below, 'u')).hasSize(1);
                assertThat(reader.readAllBytes()).isEqualTo(Bytes.pattern(200_000, 1));
            }
            assertThat(keys(below, 'c')).hasSize(2);
            files.delete("a");
            assertThat(keys(below, 'c')).isEmpty();
            assertThat(keys(below, 'u')).isEmpty();
        }
    }

    @Test
    void smallContentIsOneEntryAndNothingElse() {
        try (FileStore files = KeyValueFiles.over(below, "")) {
            files.save("a", new byte[4096]);
            assertThat(keys(below, 'c')).isEmpty();
            files.save("a", new byte[4097]);
            assertThat(keys(below, 'c')).hasSize(1);
        }
    }

    @Test
    void whatACrashLeftIsDeletedAtTheNextOpen() {
        FileStore files = KeyValueFiles.over(below, "");
        files.save("kept", Bytes.pattern(100_000, 1));
        files.close();
        byte[] mark = HexFormat.of().parseHex("75" + "00000000000000ff");
        byte[] chunk = HexFormat.of().parseHex("63" + "00000000000000ff" + "0000000000000000");
        below.put(mark, new byte[0]);
        below.put(chunk, new byte[10]);
        try (FileStore again = KeyValueFiles.over(below, "")) {
            assertThat(below.has(chunk)).isFalse();
            assertThat(below.has(mark)).isFalse();
            assertThat(again.load("kept")).isEqualTo(Bytes.pattern(100_000, 1));
            again.save("new", Bytes.pattern(100_000, 2));
            assertThat(again.load("kept")).isEqualTo(Bytes.pattern(100_000, 1));
        }
    }

    @Test
    void storesOfTwoPrefixesAreApartAndOnePrefixIsOpenedOnce() {
        try (FileStore one = KeyValueFiles.over(below, "one/"); FileStore two = KeyValueFiles.over(below, "two/")) {
            one.save("a", new byte[] {1});
            two.save("a", new byte[] {2});
            below.put("other".getBytes(UTF_8), new byte[1]);
            assertThat(one.load("a")).containsExactly(1);
            assertThat(two.load("a")).containsExactly(2);
            assertThatThrownBy(() -> KeyValueFiles.over(below, "one/")).isInstanceOf(InvalidOperationException.class)
                    .hasMessageContaining("already open");
        }
        assertThat(below.isOpen()).isTrue();
        KeyValueFiles.over(below, "one/").close();
    }

    @Test
    void limitsAreKeptAndNothingRemains() {
        Map<String, ?> settings = Map.of("max_file_size", "100KB", "max_total_size", 150_000, "max_files", 2);
        try (FileStore files = KeyValueFiles.over(below, "", settings)) {
            assertThatThrownBy(() -> files.save("big", new byte[102_401])).isInstanceOf(LimitExceededException.class)
                    .hasMessageContaining("storage.kvfile.max_file_size");
            files.save("a", new byte[100_000]);
            assertThatThrownBy(() -> files.save("b", new byte[90_000]))
                    .hasMessageContaining("max_total_size is 150000");
            assertThat(keys(below, 'c')).hasSize(2);
            files.save("b", new byte[10]);
            assertThatThrownBy(() -> files.save("c", new byte[10])).hasMessageContaining("max_files is 2");
            files.save("a", new byte[10]);
            files.move("a", "b", true);
            files.save("c", new byte[90_000]);
            assertThat(files.usage().bytes()).isEqualTo(90_010);
        }
        try (FileStore files = KeyValueFiles.over(below, "", settings)) {
            assertThatThrownBy(() -> files.save("d", new byte[10])).hasMessageContaining("max_files is 2");
        }
    }

    @Test
    void everyFlippedByteOfAnEntryIsReported() {
        try (FileStore files = KeyValueFiles.over(below, "")) {
            files.save("a", new byte[20]);
            byte[] key = keys(below, 'n').get(0);
            byte[] entry = below.getOrThrow(key);
            for (int i = 0; i < entry.length; i++) {
                byte[] wrong = entry.clone();
                wrong[i] ^= 0x10;
                below.put(key, wrong);
                assertThatThrownBy(() -> files.load("a")).isInstanceOf(StorageException.class)
                        .hasMessageContaining("damaged");
            }
        }
    }

    @Test
    void theFormatIsPinned() {
        try (FileStore files = KeyValueFiles.over(below, "", Map.of("file_verification_enabled", false))) {
            FileInfo info = files.save("d/a", new byte[] {1, 2, 3});
            byte[] entry = below.getOrThrow("nd\0a".getBytes(UTF_8));
            String time = HexFormat.of().formatHex(littleEndian(info.modifiedAt().toEpochMilli()));
            String fixed = "010100" + time + time + "0300000000000000" + "0000000000000000" + "00".repeat(32)
                    + "010203";
            assertThat(HexFormat.of().formatHex(entry)).isEqualTo(fixed + crc(HexFormat.of().parseHex(fixed)));
            byte[] header = below.getOrThrow(new byte[] {'h'});
            assertThat(HexFormat.of().formatHex(header)).startsWith("534554544b56465301000000" + "00000100")
                    .hasSize(56);
            files.write("c", out -> out.write(new byte[70_000]));
            assertThat(below.has(HexFormat.of().parseHex("63" + "0000000000000001" + "0000000000000001"))).isTrue();
            byte[] chunk = below.getOrThrow(HexFormat.of().parseHex("63" + "0000000000000001" + "0000000000000001"));
            assertThat(chunk).hasSize(70_000 - 65_536 + 4);
            byte[] covered = new byte[16 + 70_000 - 65_536];
            covered[7] = 1;
            covered[15] = 1;
            assertThat(HexFormat.of().formatHex(chunk, chunk.length - 4, chunk.length)).isEqualTo(crc(covered));
        }
    }

    @Test
    void aNewerFormatIsRefused() {
        KeyValueFiles.over(below, "").close();
        byte[] header = below.getOrThrow(new byte[] {'h'});
        header[8] = 9;
        byte[] crc = HexFormat.of().parseHex(crc(java.util.Arrays.copyOf(header, 24)));
        System.arraycopy(crc, 0, header, 24, 4);
        below.put(new byte[] {'h'}, header);
        assertThatThrownBy(() -> KeyValueFiles.over(below, "")).isInstanceOf(FormatVersionException.class)
                .hasMessageContaining("version 9");
    }

    private static byte[] littleEndian(long value) {
        byte[] bytes = new byte[8];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) (value >>> 8 * i);
        }
        return bytes;
    }

    private static String crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return HexFormat.of().formatHex(littleEndian(crc.getValue()), 0, 4);
    }

    @Test
    void anAbandonedStreamLeavesNothing() {
        try (FileStore files = KeyValueFiles.over(below, "")) {
            long before = below.count(new byte[0]);
            try (FileOutput out = files.openWrite("a")) {
                out.write(new byte[5_000_000]);
                assertThat(keys(below, 'c')).as("content longer than a batch is already there").isNotEmpty();
            }
            assertThat(below.count(new byte[0])).isEqualTo(before);
        }
    }

    @Test
    void theEngineBelowIsChosenBySettings(@TempDir Path directory) {
        Map<String, ?> settings = Map.of("key_value_engine", "badger", "root_path", directory.toString(),
                "key_value_settings", "sync_writes=false, path=inner");
        try (FileStore files = Engines.open(FileStore.class, "kvfile", settings)) {
            files.save("a", new byte[] {7});
            assertThat(files.unwrap(KVStore.class).engine()).isEqualTo("badger");
            assertThat(directory.resolve("inner")).isDirectory();
        }
        try (FileStore files = Engines.open(FileStore.class, "kvfile", settings)) {
            assertThat(files.load("a")).containsExactly(7);
        }
        assertThatThrownBy(() -> Engines.open(FileStore.class, "kvfile", Map.of("key_value_engine", "badger",
                "root_path", directory.toString(), "key_value_settings", "no_such=1")))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("no_such");
        assertThatThrownBy(() -> Engines.open(FileStore.class, "kvfile", Map.of("key_value_settings", "nonsense")))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("expected key=value");
    }
}
