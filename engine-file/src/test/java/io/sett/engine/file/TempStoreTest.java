// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.common.StoreKind;
import io.sett.api.error.KeyNotFoundException;
import io.sett.api.error.LimitExceededException;
import io.sett.api.file.FileInput;
import io.sett.api.file.TempFile;
import io.sett.api.file.TempFileInfo;
import io.sett.api.file.TempStore;
import io.sett.engine.file.internal.TempEngineProvider;
import io.sett.spi.EngineContext;
import io.sett.spi.settings.EngineSettings;
import io.sett.testkit.ManualScheduler;
import io.sett.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TempStoreTest {

    @TempDir
    private Path directory;

    @Test
    void filesVanishAfterTheirTimeAndTheirRoomIsFree() {
        TestClock clock = new TestClock();
        ManualScheduler scheduler = new ManualScheduler(clock);
        TempEngineProvider engine = new TempEngineProvider();
        EngineSettings settings = EngineSettings.of("test", engine.schema(StoreKind.TEMP),
                Map.of("temp_path", "", "max_age", "1h", "cleanup_interval", "10m"));
        EngineContext context = EngineContext.of("t", StoreKind.TEMP, settings).withDataRoot(directory).withClock(clock)
                .withScheduler(scheduler);
        try (TempStore store = (TempStore) engine.open(StoreKind.TEMP, context)) {
            TempFile short1 = store.create("a", ".txt", "hello".getBytes(UTF_8), Duration.ofMinutes(5));
            TempFile longer = store.create("b", ".txt", "hello".getBytes(UTF_8));
            assertThat(store.list("")).extracting(TempFileInfo::id).containsExactly(short1.id(), longer.id());
            clock.advance(Duration.ofMinutes(6));
            assertThat(store.get(short1.id())).isEmpty();
            assertThatThrownBy(short1::load).isInstanceOf(KeyNotFoundException.class);
            assertThat(new String(longer.load(), UTF_8)).isEqualTo("hello");
            longer.setExpiration(Duration.ofHours(3));
            clock.advance(Duration.ofHours(2));
            assertThat(store.usage().bytes()).isEqualTo(5);
            assertThat(new String(longer.load(), UTF_8)).isEqualTo("hello");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whatAKilledProcessLeftIsDeletedAndALiveOnesFilesAreNot() throws Exception {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Owner.class.getName(), directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        assertThat(process.inputReader().readLine()).isEqualTo("made");
        assertThat(runs()).isEqualTo(1);
        try (TempStore store = LocalFiles.openTemporary(directory)) {
            assertThat(runs()).isEqualTo(2);
            assertThat(store.list("")).isEmpty();
        }
        assertThat(runs()).isEqualTo(1);
        process.destroyForcibly().waitFor();
        LocalFiles.openTemporary(directory).close();
        assertThat(runs()).isZero();
    }

    private long runs() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.count();
        }
    }

    @Test
    void quotasAreKeptAndDiscardedContentGivesItsRoomBack() {
        try (TempStore store = LocalFiles.openTemporary(directory, Map.of("max_size", 100, "max_files", 2))) {
            TempFile file = store.create("a", "", new byte[60]);
            assertThatThrownBy(() -> store.create("b", "", new byte[60])).isInstanceOf(LimitExceededException.class)
                    .hasMessageContaining("max_size is 100");
            assertThat(store.usage().files()).isEqualTo(1);
            assertThat(store.usage().bytes()).isEqualTo(60);
            store.create("c", "", new byte[40]);
            assertThatThrownBy(() -> store.create("d", "")).hasMessageContaining("max_files is 2");
            assertThat(file.remove()).isTrue();
            assertThat(file.remove()).isFalse();
            assertThat(store.usage().bytes()).isEqualTo(40);
        }
    }

    @Test
    void directoriesVanishWithTheirContent() throws IOException {
        try (TempStore store = LocalFiles.openTemporary(directory)) {
            var dir = store.createDir("work");
            Files.writeString(dir.path().resolve("x"), "12345");
            assertThat(dir.info().size()).isEqualTo(5);
            assertThat(dir.remove()).isTrue();
            assertThat(dir.path()).doesNotExist();
        }
    }

    @Test
    void whatIsInDirectoriesCountsForTheQuota() throws IOException {
        try (TempStore store = LocalFiles.openTemporary(directory, Map.of("max_size", 100))) {
            var dir = store.createDir("work");
            Files.write(dir.path().resolve("x"), new byte[90]);
            assertThat(store.usage().bytes()).isEqualTo(90);
            assertThatThrownBy(() -> store.create("a", "", new byte[20])).isInstanceOf(LimitExceededException.class);
            Files.write(dir.path().resolve("x"), new byte[10]);
            store.create("a", "", new byte[20]);
            dir.remove();
            assertThat(store.usage().bytes()).isEqualTo(20);
        }
    }

    @Test
    void closingWaitsForNoCleaningToCome() {
        TestClock clock = new TestClock();
        ManualScheduler scheduler = new ManualScheduler(clock);
        TempEngineProvider engine = new TempEngineProvider();
        EngineSettings settings = EngineSettings.of("test", engine.schema(StoreKind.TEMP),
                Map.of("temp_path", "", "cleanup_interval", "365d"));
        EngineContext context = EngineContext.of("t", StoreKind.TEMP, settings).withDataRoot(directory).withClock(clock)
                .withScheduler(scheduler);
        TempStore store = (TempStore) engine.open(StoreKind.TEMP, context);
        store.create("a", "", new byte[10]);
        store.close();
        assertThat(directory).isEmptyDirectory();
        clock.advance(Duration.ofDays(800));
        assertThat(scheduler.failures()).as("the cleaning was cancelled").isEmpty();
    }

    @Test
    void aReaderKeepsWhatItOpenedAndSmallContentComesFromMemory() {
        try (TempStore store = LocalFiles.openTemporary(directory)) {
            TempFile file = store.create("a", "", "old".getBytes(UTF_8));
            assertThat(file.load()).isEqualTo("old".getBytes(UTF_8));
            try (FileInput in = file.openRead()) {
                file.save("new content".getBytes(UTF_8));
                assertThat(in.readAllBytes()).isEqualTo("old".getBytes(UTF_8));
            }
            assertThat(file.load()).isEqualTo("new content".getBytes(UTF_8));
            byte[] large = new byte[100_000];
            file.save(large);
            assertThat(file.load()).isEqualTo(large);
        }
    }

    @Test
    void anOddPrefixIsRefused() {
        try (TempStore store = LocalFiles.openTemporary(directory)) {
            assertThatThrownBy(() -> store.create("../x", "")).hasMessageContaining("not allowed");
            assertThatThrownBy(() -> store.create("x", "\u0000")).hasMessageContaining("not allowed");
            assertThatThrownBy(() -> store.create("x", "", Duration.ofSeconds(-1)))
                    .hasMessageContaining("time to live");
        }
    }

    /** Makes a temporary file and waits to be killed. */
    static final class Owner {
        public static void main(String[] arguments) throws IOException {
            TempStore store = LocalFiles.openTemporary(Path.of(arguments[0]));
            store.create("left", ".tmp", new byte[10]);
            System.out.println("made");
            System.in.read();
        }
    }
}
