// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.file;

import static io.sett.testkit.Bytes.bytes;
import static io.sett.testkit.Bytes.pattern;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.Capability;
import io.sett.api.common.StoreKind;
import io.sett.api.error.CorruptionException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.KeyNotFoundException;
import io.sett.api.file.FileInfo;
import io.sett.api.file.FileStore;
import io.sett.api.file.FileStoreUsage;
import io.sett.api.file.SaveOptions;
import io.sett.testkit.Theme;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Whole files. */
@Theme("basic")
public interface FileBasicTheme extends FileTheme {

    @Test
    default void aStoreKnowsWhatItIs() {
        assertThat(store().name()).isEqualTo("test");
        assertThat(store().engine()).isEqualTo(fixture().harness().provider().id());
        assertThat(store().kind()).isEqualTo(StoreKind.FILE);
        assertThat(store().capabilities())
                .containsAll(fixture().harness().provider().capabilities(StoreKind.FILE));
        assertThat(names()).isEmpty();
    }

    @Test
    default void loadReturnsWhatWasSaved() {
        save("a.txt", "content");
        save("deep/er/b.txt", "other");
        assertThat(load("a.txt")).isEqualTo("content");
        assertThat(load("deep/er/b.txt")).isEqualTo("other");
        assertThat(store().exists("a.txt")).isTrue();
        assertThat(store().exists("deep/er")).as("directories on the way are made").isTrue();
        assertThat(store().exists("absent")).isFalse();
    }

    @Test
    default void saveReplacesAndMayBeEmpty() {
        save("a", "a long first content");
        save("a", "short");
        assertThat(load("a")).isEqualTo("short");
        save("a", "");
        assertThat(store().load("a")).isEmpty();
        assertThat(store().info("a").size()).isZero();
        assertThat(names()).containsExactly("a");
    }

    @Test
    default void contentsOfAllSizesComeBackWhole() {
        for (int length : new int[] {1, 511, 512, 4096, 65_536, 65_537, 1 << 20, 3_000_001}) {
            store().save("f" + length, pattern(length, length));
            assertThat(store().load("f" + length)).as("%d bytes", length).isEqualTo(pattern(length, length));
            assertThat(store().info("f" + length).size()).isEqualTo(length);
        }
    }

    @Test
    default void arraysAreCopied() {
        byte[] content = bytes("content");
        store().save("a", content);
        content[0] = 'X';
        assertThat(load("a")).isEqualTo("content");
    }

    @Test
    default void deleteNeedsAFileAndDeleteIfExistsDoesNot() {
        saveAll("a", "b", "d/e");
        store().delete("a");
        assertThat(store().exists("a")).isFalse();
        KeyNotFoundException error =
                failing(KeyNotFoundException.class, ErrorCode.FILE_NOT_FOUND, () -> store().delete("a"));
        assertThat(error.getMessage()).contains("a");
        failing(KeyNotFoundException.class, ErrorCode.FILE_NOT_FOUND, () -> store().delete("d"));
        assertThat(store().deleteIfExists("b")).isTrue();
        assertThat(store().deleteIfExists("b")).isFalse();
        assertThat(names()).containsExactly("d/e");
    }

    @Test
    default void absentFilesAreNamedInTheError() {
        for (Use use : new Use[] {() -> store().load("no/such"), () -> store().info("no/such"),
            () -> store().openRead("no/such").close(), () -> store().verify("no/such"),
            () -> store().load("no/such", 0, 1)}) {
            KeyNotFoundException error = failing(KeyNotFoundException.class, ErrorCode.FILE_NOT_FOUND, use);
            assertThat(error.getMessage()).contains("no/such");
        }
    }

    @Test
    default void infoTellsSizeTimesAndChecksum() {
        save("dir/a", "12345");
        FileInfo info = store().info("dir/a");
        assertThat(info.name()).isEqualTo("dir/a");
        assertThat(info.fileName()).isEqualTo("a");
        assertThat(info.directoryName()).isEqualTo("dir");
        assertThat(info.size()).isEqualTo(5);
        assertThat(info.directory()).isFalse();
        assertThat(info.modifiedAt()).isAfterOrEqualTo(info.createdAt());
        if (offers(Capability.CHECKSUMS)) {
            assertThat(info.sha256()).contains(sha256("12345"));
        }
        FileInfo directory = store().info("dir");
        assertThat(directory.directory()).isTrue();
        assertThat(directory.size()).isZero();
        assertThat(store().info("").name()).isEmpty();
        assertThat(store().info("").directory()).isTrue();
    }

    @Test
    default void saveAnswersWithTheInfo() {
        FileInfo saved = store().save("a", bytes("123"));
        assertThat(saved).isEqualTo(store().info("a"));
        assertThat(saved.size()).isEqualTo(3);
    }

    private static String sha256(String content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(content)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    default void overwritingCanBeForbidden() {
        SaveOptions once = SaveOptions.defaults().withOverwrite(false);
        store().save("a", bytes("1"), once);
        InvalidOperationException error = failing(InvalidOperationException.class, ErrorCode.FILE_ALREADY_EXISTS,
                () -> store().save("a", bytes("2"), once));
        assertThat(error.getMessage()).contains("a");
        assertThat(load("a")).isEqualTo("1");
    }

    @Test
    default void anExpectedChecksumIsCompared() {
        store().save("a", bytes("1"), SaveOptions.defaults().withExpectedSha256(sha256("1")));
        failing(CorruptionException.class, ErrorCode.FILE_CORRUPTED,
                () -> store().save("a", bytes("2"), SaveOptions.defaults().withExpectedSha256(sha256("1"))));
        failing(CorruptionException.class, ErrorCode.FILE_CORRUPTED,
                () -> store().save("b", bytes("2"), SaveOptions.defaults().withExpectedSha256(sha256("1"))));
        assertThat(load("a")).isEqualTo("1");
        assertThat(names()).containsExactly("a");
    }

    @Test
    default void savesWithoutForcingAreThereToo() {
        store().save("a", bytes("1"), SaveOptions.defaults().withSync(false));
        assertThat(load("a")).isEqualTo("1");
        store().verify("a");
    }

    @Test
    default void aFileAndADirectoryCannotShareAName() {
        save("a/b", "1");
        failing(InvalidOperationException.class, ErrorCode.FILE_ALREADY_EXISTS, () -> save("a", "2"));
        failing(InvalidOperationException.class, () -> save("a/b/c", "2"));
        failing(KeyNotFoundException.class, ErrorCode.FILE_NOT_FOUND, () -> store().load("a"));
        assertThat(names()).containsExactly("a/b");
    }

    @Test
    default void appendAddsAtTheEnd() {
        if (!offers(Capability.APPEND)) {
            refuses(Capability.APPEND, () -> store().append("log", bytes("1")));
            return;
        }
        store().append("logs/log", bytes("one "));
        FileInfo info = store().append("logs/log", bytes("two"));
        assertThat(info.size()).isEqualTo(7);
        assertThat(load("logs/log")).isEqualTo("one two");
        store().verify("logs/log");
        save("logs/log", "new");
        store().append("logs/log", new byte[0]);
        assertThat(load("logs/log")).isEqualTo("new");
    }

    @Test
    default void usageCountsFiles() {
        FileStoreUsage empty = store().usage();
        store().save("a", new byte[100]);
        store().save("d/b", new byte[50]);
        FileStoreUsage usage = store().usage();
        assertThat(usage.files() - empty.files()).isEqualTo(2);
        assertThat(usage.bytes() - empty.bytes()).isEqualTo(150);
        store().save("a", new byte[10]);
        store().delete("d/b");
        assertThat(store().usage().files() - empty.files()).isOne();
        assertThat(store().usage().bytes() - empty.bytes()).isEqualTo(10);
    }

    @Test
    default void aViewWithATimeLimitIsTheSameStore() {
        if (!offers(Capability.DEADLINES)) {
            refuses(Capability.DEADLINES, () -> store().withTimeout(Duration.ofSeconds(5)));
            return;
        }
        FileStore view = store().withTimeout(Duration.ofMinutes(1));
        view.save("a", bytes("1"));
        assertThat(load("a")).isEqualTo("1");
        view.close();
        assertThat(store().isOpen()).isTrue();
        assertThat(load("a")).isEqualTo("1");
        failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT,
                () -> store().withTimeout(Duration.ZERO));
    }
}
