// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.sett.api.error.CorruptionException;
import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.LimitExceededException;
import io.sett.api.error.StorageException;
import io.sett.api.file.FileInfo;
import io.sett.api.file.FileInput;
import io.sett.api.file.FileOutput;
import io.sett.api.file.FileStore;
import io.sett.api.file.SaveOptions;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileStoreTest {

    @TempDir
    private Path directory;

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65535, 65536, 65537, 200_000})
    void contentOfEveryLengthComesBackWholeAndInRanges(int length) {
        byte[] content = random(length, length);
        try (FileStore store = LocalFiles.open(directory)) {
            FileInfo info = store.save("a/b.bin", content);
            assertThat(info.size()).isEqualTo(length);
            assertThat(store.load("a/b.bin")).isEqualTo(content);
            assertThat(store.load("a/b.bin", length / 2, 70_000))
                    .isEqualTo(Arrays.copyOfRange(content, length / 2, Math.min(length, length / 2 + 70_000)));
            assertThat(store.info("a/b.bin")).isEqualTo(info);
            store.verify("a/b.bin");
        }
    }

    @Test
    void everythingIsThereAfterReopening() {
        try (FileStore store = LocalFiles.open(directory)) {
            store.save("x", "one".getBytes(UTF_8));
            store.append("x", " two".getBytes(UTF_8));
        }
        try (FileStore store = LocalFiles.open(directory)) {
            assertThat(new String(store.load("x"), UTF_8)).isEqualTo("one two");
        }
    }

    @Test
    void everyFlippedByteIsReportedOrHarmlessNeverWrongContent() throws IOException {
        byte[] content = random(500, 1);
        try (FileStore store = LocalFiles.open(directory)) {
            store.save("x", content);
            Path file = directory.resolve("files/x");
            byte[] whole = Files.readAllBytes(file);
            int reported = 0;
            for (int i = 0; i < whole.length; i++) {
                byte[] damaged = whole.clone();
                damaged[i] ^= 0x10;
                Files.write(file, damaged);
                try {
                    assertThat(store.load("x")).isEqualTo(content);
                } catch (StorageException found) {
                    assertThat(found.code()).isIn(ErrorCode.FILE_CORRUPTED, ErrorCode.FORMAT_VERSION);
                    assertThat(found.getMessage()).contains(file.toString());
                    reported++;
                }
            }
            assertThat(reported).isEqualTo(whole.length);
        }
    }

    @Test
    void everyTruncationIsReported() throws IOException {
        try (FileStore store = LocalFiles.open(directory)) {
            store.save("x", random(300, 2));
            Path file = directory.resolve("files/x");
            byte[] whole = Files.readAllBytes(file);
            for (int length = 0; length < whole.length; length++) {
                Files.write(file, Arrays.copyOf(whole, length));
                assertThatThrownBy(() -> store.load("x")).isInstanceOf(CorruptionException.class);
            }
        }
    }

    @Test
    void anAbandonedStreamLeavesNothingAndTheOldContentStays() throws IOException {
        try (FileStore store = LocalFiles.open(directory)) {
            store.save("x", "old".getBytes(UTF_8));
            try (FileOutput out = store.openWrite("x")) {
                out.write("half of the new".getBytes(UTF_8));
            }
            assertThat(new String(store.load("x"), UTF_8)).isEqualTo("old");
            try (Stream<Path> rest = Files.list(directory.resolve("new"))) {
                assertThat(rest).isEmpty();
            }
        }
    }

    @Test
    void whatACrashLeftInTheMakingIsDeletedAtTheNextOpen() throws IOException {
        LocalFiles.open(directory).close();
        Files.write(directory.resolve("new/77"), new byte[10]);
        try (FileStore store = LocalFiles.open(directory)) {
            assertThat(directory.resolve("new/77")).doesNotExist();
            assertThat(store.list("", "")).isEmpty();
        }
    }

    @Test
    void anOpenReaderKeepsTheContentItOpened() {
        try (FileStore store = LocalFiles.open(directory)) {
            store.save("x", random(100_000, 3));
            try (FileInput in = store.openRead("x")) {
                store.save("x", "new".getBytes(UTF_8));
                assertThat(in.readAllBytes()).isEqualTo(random(100_000, 3));
                store.delete("x");
            }
            assertThat(store.exists("x")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../x", "a/../b", "/abs", "a//b", "a/", ".", "a/./b", "nul", "COM1.txt", "a:b", "a*b",
        "trail.", "trail ", " lead", "a\\b", "a\u0000b", "a\nb", "\ud800x", "CON", "con.tar.gz", "Aux "})
    void hostileNamesAreRefusedByEveryOperation(String name) {
        try (FileStore store = LocalFiles.open(directory)) {
            List<Runnable> operations = List.of(() -> store.save(name, new byte[1]), () -> store.load(name),
                    () -> store.delete(name), () -> store.exists(name), () -> store.info(name),
                    () -> store.append(name, new byte[1]), () -> store.makeDir(name), () -> store.copy(name, "x", true),
                    () -> store.deleteDir(name, true), () -> store.list(name, ""));
            for (Runnable operation : operations) {
                assertThatThrownBy(operation::run).isInstanceOf(InvalidOperationException.class)
                        .extracting(thrown -> ((StorageException) thrown).code()).isEqualTo(ErrorCode.INVALID_NAME);
            }
            assertThat(directory.getParent().resolve("x")).doesNotExist();
        }
    }

    @Test
    void aLinkOnTheWayIsNeverFollowed() throws IOException {
        Path outside = Files.createDirectories(directory.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        Path root = directory.resolve("store");
        try (FileStore store = LocalFiles.open(root)) {
            Files.createSymbolicLink(root.resolve("files/link"), outside);
            assertThatThrownBy(() -> store.load("link/secret")).hasMessageContaining("symbolic link");
            assertThatThrownBy(() -> store.save("link/new", new byte[1])).hasMessageContaining("symbolic link");
            assertThatThrownBy(() -> store.deleteDir("link", true)).hasMessageContaining("symbolic link");
            assertThat(store.list("", "")).isEmpty();
            assertThat(outside.resolve("secret")).exists();
        }
    }

    @Test
    void limitsAreKeptAndNothingRemains() {
        try (FileStore store = LocalFiles.open(directory, Map.of("max_file_size", "1KB", "max_total_size", 1500,
                "max_files", 2))) {
            assertThatThrownBy(() -> store.save("big", new byte[1025])).isInstanceOf(LimitExceededException.class)
                    .hasMessageContaining("max_file_size");
            store.save("a", new byte[1024]);
            assertThatThrownBy(() -> store.save("b", new byte[1000])).hasMessageContaining("max_total_size is 1500");
            store.save("b", new byte[10]);
            assertThatThrownBy(() -> store.save("c", new byte[10])).hasMessageContaining("max_files is 2");
            store.delete("a");
            store.save("c", new byte[1000]);
            assertThat(store.usage().files()).isEqualTo(2);
            assertThat(store.usage().bytes()).isEqualTo(1010);
        }
    }

    @Test
    void anExpectedChecksumIsCompared() {
        try (FileStore store = LocalFiles.open(directory, Map.of("file_verification_enabled", false))) {
            String wrong = "0".repeat(64);
            assertThatThrownBy(() -> store.save("x", new byte[3], SaveOptions.defaults().withExpectedSha256(wrong)))
                    .isInstanceOf(CorruptionException.class).hasMessageContaining(wrong);
            assertThat(store.exists("x")).isFalse();
        }
    }

    @Test
    void aSecondOpenNamesTheHolder() {
        try (FileStore store = LocalFiles.open(directory)) {
            assertThat(store.isOpen()).isTrue();
            assertThatThrownBy(() -> LocalFiles.open(directory)).isInstanceOf(DeadlineExceededException.class)
                    .hasMessageContaining("file store 'file'")
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        LocalFiles.open(directory).close();
    }

    @Test
    void rightsAreThoseConfigured() throws IOException {
        try (FileStore store = LocalFiles.open(directory.resolve("s"), Map.of("file_permissions", "0600",
                "directory_permissions", "0700"))) {
            store.save("d/x", new byte[1]);
            Path file = directory.resolve("s/files/d/x");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void worksOnAnotherFileSystem() throws IOException {
        try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
                FileStore store = LocalFiles.open(memory.getPath("/data/files"))) {
            store.save("a/b", random(100_000, 5));
            store.move("a/b", "c/d", false);
            assertThat(store.load("c/d")).isEqualTo(random(100_000, 5));
            assertThat(store.walk("", "*d").map(FileInfo::name)).containsExactly("c/d");
        }
    }

    @Test
    void writersOfOneNameTakeTurnsAndAppendsNeverMix() throws InterruptedException {
        try (FileStore store = LocalFiles.open(directory)) {
            Thread[] writers = new Thread[4];
            for (int i = 0; i < writers.length; i++) {
                byte[] line = ("w" + i + ";").getBytes(UTF_8);
                writers[i] = new Thread(() -> {
                    for (int n = 0; n < 10; n++) {
                        store.append("log", line);
                    }
                });
                writers[i].start();
            }
            for (Thread writer : writers) {
                writer.join();
            }
            String[] lines = new String(store.load("log"), UTF_8).split(";");
            assertThat(lines).hasSize(40).allMatch(line -> line.matches("w[0-3]"));
        }
    }

    @Test
    void useAfterCloseIsAClearError() {
        FileStore store = LocalFiles.open(directory);
        store.save("x", new byte[10]);
        FileInput in = store.openRead("x");
        FileOutput out = store.openWrite("y");
        store.close();
        store.close();
        assertThatThrownBy(() -> store.load("x")).hasMessageContaining("is closed");
        assertThatThrownBy(() -> in.read()).hasMessageContaining("is closed");
        assertThatThrownBy(out::commit).hasMessageContaining("is closed");
        assertThat(store.health().status()).isEqualTo(io.sett.api.common.Health.Status.DOWN);
        in.close();
        out.close();
    }
}
