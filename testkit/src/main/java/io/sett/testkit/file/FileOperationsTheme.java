// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.file;

import static io.sett.testkit.Bytes.bytes;
import static io.sett.testkit.Bytes.pattern;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sett.api.common.Capability;
import io.sett.api.common.Health;
import io.sett.api.error.CancelledException;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ConfigurationException;
import io.sett.api.error.CorruptionException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageException;
import io.sett.api.event.EventType;
import io.sett.api.file.FileInput;
import io.sett.api.file.FileOutput;
import io.sett.api.file.FileStore;
import io.sett.spi.HandleTracker;
import io.sett.testkit.StoreFixture;
import io.sett.testkit.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reopening, damage, quota, interrupts, close, leaks. */
@Theme("operations, close")
public interface FileOperationsTheme extends FileTheme {

    @Test
    default void everythingIsThereAfterReopening() {
        save("a", "1");
        store().save("d/b", pattern(100_000, 1));
        store().makeDir("empty");
        save("gone", "1");
        store().delete("gone");
        if (!offers(Capability.PERSISTENT)) {
            fixture().reopen();
            assertThat(names()).as("a store that is not persistent begins empty").isEmpty();
            return;
        }
        fixture().reopen();
        assertThat(names()).containsExactly("a", "d/b");
        assertThat(load("a")).isEqualTo("1");
        assertThat(store().load("d/b")).isEqualTo(pattern(100_000, 1));
        assertThat(store().info("empty").directory()).isTrue();
        store().verify("d/b");
    }

    @Test
    default void halfWrittenFilesAreGoneAfterReopening() {
        if (offers(Capability.STREAMS) && offers(Capability.PERSISTENT)) {
            save("a", "old");
            FileStore first = store();
            FileOutput out = first.openWrite("a");
            out.write(pattern(100_000, 1));
            FileStore copy = fixture().openCopy();
            assertThat(copy.load("a")).as("as a killed process leaves it").isEqualTo(bytes("old"));
            try (Stream<io.sett.api.file.FileInfo> all = copy.walk("", "")) {
                assertThat(all.map(io.sett.api.file.FileInfo::name).toList()).containsExactly("a");
            }
            out.close();
        }
        assertThat(store().isOpen()).isTrue();
    }

    @Test
    default void damageIsFoundWhenAFileIsRead() throws IOException {
        if (!offers(Capability.CHECKSUMS)) {
            save("a", "1");
            assertThat(store().info("a").sha256()).isEmpty();
            return;
        }
        byte[] content = pattern(50_000, 77);
        store().save("victim", content);
        Path stored = findContent(content);
        byte[] raw = Files.readAllBytes(stored);
        raw[raw.length / 2] ^= 0x10;
        Files.write(stored, raw);
        for (Use use : new Use[] {() -> store().load("victim"), () -> store().verify("victim"),
            () -> store().copy("victim", "copy", true)}) {
            failing(CorruptionException.class, ErrorCode.FILE_CORRUPTED, use);
        }
        assertThat(store().exists("copy")).as("a damaged source is not copied").isFalse();
    }

    private Path findContent(byte[] content) throws IOException {
        try (Stream<Path> tree = Files.walk(fixture().directory())) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                if (Files.size(file) >= content.length) {
                    return file;
                }
            }
        }
        throw new AssertionError("no file below " + fixture().directory() + " can hold the saved content");
    }

    @Test
    default void anInterruptHarmsNobody() {
        save("a", "old");
        for (int i = 0; i < 20; i++) {
            Thread.currentThread().interrupt();
            Throwable thrown;
            try {
                thrown = catchThrowable(() -> store().save("a", bytes("new")));
            } finally {
                assertThat(Thread.interrupted()).as("the interrupt flag stays set").isTrue();
            }
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(CancelledException.class);
                assertThat(load("a")).isEqualTo("old");
            } else {
                assertThat(load("a")).isEqualTo("new");
                save("a", "old");
            }
        }
        assertThat(names()).containsExactly("a");
    }

    @Test
    default void aClosedStoreRefusesEverything() {
        FileStore files = store();
        save("a", "1");
        FileInput in = files.openRead("a");
        FileOutput out = offers(Capability.STREAMS) ? files.openWrite("b") : null;
        files.close();
        files.close();
        assertThat(files.isOpen()).isFalse();
        assertThat(files.health().status()).isEqualTo(Health.Status.DOWN);
        assertThat(files.metrics()).isNotNull();
        for (Use use : new Use[] {() -> files.load("a"), () -> files.save("a", bytes("2")), () -> files.exists("a"),
            () -> files.info("a"), () -> files.delete("a"), () -> files.list("", ""),
            () -> files.walk("", "").toList(), () -> files.makeDir("d"), () -> files.copy("a", "b", true),
            () -> files.move("a", "b", true), files::usage}) {
            failing(ClosedException.class, ErrorCode.STORE_CLOSED, use);
        }
        failing(ClosedException.class, in::read);
        in.close();
        if (out != null) {
            failing(ClosedException.class, () -> out.write(1));
            failing(ClosedException.class, out::commit);
            out.close();
        }
        assertThat(fixture().events().await(EventType.LEAK, Duration.ofSeconds(30)))
                .as("an event LEAK for what was left open").isPresent();
    }

    @Test
    default void whatIsOpenCanBeCounted() {
        save("a", "1");
        HandleTracker tracker = StoreFixture.tracker(store());
        assertThat(tracker.openCount()).isZero();
        FileInput in = store().openRead("a");
        assertThat(tracker.openCount()).isOne();
        in.close();
        store().load("a");
        store().list("", "");
        store().verify("a");
        names();
        assertThat(tracker.leaks()).isEmpty();
    }

    @Test
    default void aQuotaIsKept() {
        List<Long> limits = List.of(store().usage().maxBytes().orElse(Long.MAX_VALUE),
                store().usage().maxFiles().orElse(Long.MAX_VALUE));
        if (limits.get(0) <= 64 << 20) {
            int piece = (int) Math.min(limits.get(0) / 4, 1 << 20);
            StorageException error = failing(StorageException.class, () -> {
                for (long i = 0; i <= limits.get(0) / piece; i++) {
                    store().save("f" + i, new byte[piece]);
                }
            });
            assertThat(error.code()).isEqualTo(ErrorCode.QUOTA_EXCEEDED);
            assertThat(store().usage().bytes()).isLessThanOrEqualTo(limits.get(0));
            store().delete("f0");
            store().save("again", new byte[piece]);
        }
        assertThat(store().health().status()).isNotEqualTo(Health.Status.DOWN);
    }

    @Test
    default void aFileOverTheLimitIsRefused() {
        long limit = store().limits().maxValueBytes();
        if (limit <= 64 << 20) {
            StorageException error = failing(StorageException.class,
                    () -> store().save("a", new byte[(int) limit + 1]));
            assertThat(error.code()).isEqualTo(ErrorCode.ENTRY_TOO_LARGE);
            store().save("a", new byte[(int) limit]);
            assertThat(store().info("a").size()).isEqualTo(limit);
        }
        save("small", "1");
        assertThat(store().exists("small")).isTrue();
    }

    @Test
    default void anUnknownSettingIsRefused() {
        ConfigurationException error = failing(ConfigurationException.class,
                () -> fixture().with("no_such_setting_anywhere", 1).store());
        assertThat(error.getMessage()).contains("no_such_setting_anywhere");
    }

    @Test
    default void anOpenStoreIsHealthyAndCounts() {
        assertThat(store().health().status()).isEqualTo(Health.Status.UP);
        var before = store().metrics();
        save("a", "1");
        load("a");
        assertThat(store().metrics().counters()).isNotEqualTo(before.counters());
        FileStore other = fixture().openElsewhere();
        assertThat(other.exists("a")).isFalse();
    }

    @Test
    default void filesArePrivate() throws IOException {
        if (offers(Capability.PERSISTENT)) {
            save("a", "1");
            try (Stream<Path> tree = Files.walk(fixture().directory())) {
                for (Path path : tree.skip(1).toList()) {
                    if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
                        assertThat(Files.getPosixFilePermissions(path).toString()).as("permissions of %s", path)
                                .doesNotContain("OTHERS_WRITE");
                    }
                }
            }
        }
        assertThat(store().isOpen()).isTrue();
    }
}
