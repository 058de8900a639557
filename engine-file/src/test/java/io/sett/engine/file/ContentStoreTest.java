// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.KeyNotFoundException;
import io.sett.api.file.ContentInfo;
import io.sett.api.file.ContentStore;
import io.sett.api.file.FileInput;
import io.sett.api.file.FileStore;
import io.sett.api.kv.KVStore;
import io.sett.spi.Engines;
import io.sett.testkit.Bytes;
import io.sett.testkit.Parallel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Content by its hash, over files in a directory and in a key-value store. */
class ContentStoreTest {

    private static final String EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @TempDir
    private Path directory;

    private FileStore open(String engine) {
        return switch (engine) {
            case "file" -> LocalFiles.open(directory);
            default -> Engines.open(FileStore.class, "kvfile", Map.of("key_value_engine", engine, "root_path",
                    directory.toString()));
        };
    }

    private static List<String> names(FileStore files) {
        try (Stream<io.sett.api.file.FileInfo> all = files.walk("", "")) {
            return all.map(io.sett.api.file.FileInfo::name).sorted().toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "memory", "badger", "sqlite"})
    void contentIsKeptOnceAndCounted(String engine) {
        try (FileStore files = open(engine)) {
            ContentStore contents = ContentStores.over(files, "blobs");
            byte[] content = Bytes.pattern(100_000, 1);
            ContentInfo first = contents.put(content);
            assertThat(first.size()).isEqualTo(content.length);
            assertThat(first.references()).isOne();
            assertThat(contents.put(new ByteArrayInputStream(content)))
                    .isEqualTo(new ContentInfo(first.sha256(), content.length, 2));
            assertThat(contents.put(new byte[0]).sha256()).isEqualTo(EMPTY_SHA256);
            assertThat(contents.get(first.sha256())).hasValue(content);
            assertThat(contents.get(first.sha256().toUpperCase(java.util.Locale.ROOT))).isPresent();
            assertThat(names(files)).as("one file for each content").hasSize(2);
            try (Stream<ContentInfo> all = contents.list()) {
                assertThat(all.map(ContentInfo::references)).containsExactlyInAnyOrder(1L, 2L);
            }
            assertThat(contents.remove(first.sha256())).isTrue();
            assertThat(contents.has(first.sha256())).isTrue();
            try (FileInput reader = contents.openRead(first.sha256())) {
                assertThat(contents.remove(first.sha256())).isTrue();
                assertThat(reader.readAllBytes()).isEqualTo(content);
            }
            assertThat(contents.remove(first.sha256())).isFalse();
            assertThat(contents.has(first.sha256())).isFalse();
            assertThat(contents.get(first.sha256())).isEmpty();
            assertThatThrownBy(() -> contents.openRead(first.sha256())).isInstanceOf(KeyNotFoundException.class);
            assertThat(names(files)).hasSize(1);
        }
    }

    @Test
    void countsAreThereAfterReopeningAndWhatACrashLeftIsNot() {
        String hash;
        try (FileStore files = LocalFiles.open(directory)) {
            ContentStore contents = ContentStores.over(files, "");
            hash = contents.put(new byte[10]).sha256();
            contents.put(new byte[10]);
            files.save("incoming/1", new byte[5]);
        }
        try (FileStore files = LocalFiles.open(directory)) {
            ContentStore contents = ContentStores.over(files, "");
            assertThat(contents.info(hash)).hasValue(new ContentInfo(hash, 10, 2));
            assertThat(files.exists("incoming")).isFalse();
        }
    }

    @Test
    void aFailingStreamStoresNothing() {
        try (FileStore files = LocalFiles.open(directory)) {
            ContentStore contents = ContentStores.over(files, "c");
            assertThatThrownBy(() -> contents.put(new InputStream() {
                @Override
                public int read() throws IOException {
                    throw new IOException("the line is dead");
                }
            })).isInstanceOf(UncheckedIOException.class).hasStackTraceContaining("the line is dead");
            assertThat(names(files)).isEmpty();
            assertThatThrownBy(() -> contents.has("../x")).isInstanceOf(InvalidOperationException.class);
        }
    }

    @Test
    void manyThreadsCountRight() {
        try (FileStore files = Engines.open(FileStore.class, "kvfile", Map.of("key_value_engine", "memory"))) {
            ContentStore contents = ContentStores.over(files, "");
            Parallel.run(4, thread -> {
                for (int i = 0; i < 50; i++) {
                    contents.put(new byte[] {(byte) (i % 3)});
                    contents.put(new ByteArrayInputStream(new byte[] {(byte) (i % 3)}));
                    if (i % 2 == 0) {
                        assertThat(contents.remove(contents.put(new byte[] {(byte) (i % 3)}).sha256())).isTrue();
                    }
                }
            });
            try (Stream<ContentInfo> all = contents.list()) {
                assertThat(all.mapToLong(ContentInfo::references).sum()).isEqualTo(400);
            }
            assertThat(names(files)).hasSize(3);
        }
    }

    @Test
    void aKeyValueStoreHoldsContentBesideOtherKeys() {
        try (KVStore store = Engines.open(KVStore.class, "memory", Map.of());
                FileStore files = KeyValueFiles.over(store, "blobs/")) {
            ContentStore contents = ContentStores.over(files, "");
            store.put(new byte[] {1}, new byte[] {2});
            String hash = contents.put(new byte[] {3}).sha256();
            assertThat(contents.get(hash)).hasValue(new byte[] {3});
        }
    }
}
