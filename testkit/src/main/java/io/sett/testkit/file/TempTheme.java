// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.file;

import static io.sett.testkit.Bytes.bytes;
import static io.sett.testkit.Bytes.pattern;
import static io.sett.testkit.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sett.api.common.Capability;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.KeyNotFoundException;
import io.sett.api.error.UnsupportedFeatureException;
import io.sett.api.file.FileInput;
import io.sett.api.file.FileOutput;
import io.sett.api.file.TempDir;
import io.sett.api.file.TempFile;
import io.sett.api.file.TempFileInfo;
import io.sett.api.file.TempStore;
import io.sett.testkit.ContractTheme;
import io.sett.testkit.Parallel;
import io.sett.testkit.Theme;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Temporary files and directories. */
@Theme("files")
public interface TempTheme extends ContractTheme<TempStore> {

    /** A time to live that every store under test allows. */
    Duration MINUTE = Duration.ofMinutes(1);

    @Test
    default void aStoreKnowsWhatItIs() {
        assertThat(store().kind()).isEqualTo(StoreKind.TEMP);
        assertThat(store().engine()).isEqualTo(fixture().harness().provider().id());
        assertThat(store().list("")).isEmpty();
    }

    @Test
    default void aNewFileIsEmptyAndCanBeFilled() {
        TempFile file = store().create("pre", ".txt");
        assertThat(file.id()).startsWith("pre").endsWith(".txt");
        assertThat(file.load()).isEmpty();
        file.save(bytes("content"));
        assertThat(text(file.load())).isEqualTo("content");
        assertThat(text(store().get(file.id()).orElseThrow().load())).isEqualTo("content");
        TempFileInfo info = file.info();
        assertThat(info.id()).isEqualTo(file.id());
        assertThat(info.size()).isEqualTo(7);
        assertThat(info.directory()).isFalse();
        assertThat(info.createdAt()).isEqualTo(fixture().clock().instant());
    }

    @Test
    default void aFileCanBeMadeWithContent() {
        byte[] content = pattern(100_000, 4);
        assertThat(store().create("a", "", content).load()).isEqualTo(content);
        assertThat(store().create("b", "", new ByteArrayInputStream(content), MINUTE).load()).isEqualTo(content);
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the line is dead");
            }
        };
        assertThat(catchThrowable(() -> store().create("c", "", failing, MINUTE)))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(store().list("c*")).as("nothing remains when the content cannot be written").isEmpty();
        assertThat(store().list("")).hasSize(2);
    }

    @Test
    default void idsAreUnique() {
        Set<String> ids = ConcurrentHashMap.newKeySet();
        TempStore temp = store();
        Parallel.run(4, thread -> {
            for (int i = 0; i < 50; i++) {
                assertThat(ids.add(temp.create("same", ".x").id())).isTrue();
            }
        });
        assertThat(ids).hasSize(200);
        assertThat(store().list("")).hasSize(200);
    }

    @Test
    default void writingIsAllOrNothing() {
        TempFile file = store().create("a", "", bytes("old"));
        try (FileOutput out = file.openWrite()) {
            out.write(bytes("half"));
            assertThat(text(file.load())).isEqualTo("old");
        }
        assertThat(text(file.load())).isEqualTo("old");
        try (FileOutput out = store().openWrite(file.id())) {
            out.write(bytes("new"));
            out.commit();
        }
        try (FileInput in = store().openRead(file.id())) {
            assertThat(text(in.readAllBytes())).isEqualTo("new");
        }
    }

    @Test
    default void removedFilesAreGone() {
        TempFile file = store().create("a", "", bytes("1"));
        assertThat(file.remove()).isTrue();
        assertThat(file.remove()).isFalse();
        assertThat(store().remove(file.id())).isFalse();
        assertThat(store().get(file.id())).isEmpty();
        for (Use use : new Use[] {file::load, file::info, () -> file.openWrite().close(),
            () -> file.setExpiration(MINUTE), () -> store().openRead(file.id()).close()}) {
            failing(KeyNotFoundException.class, ErrorCode.FILE_NOT_FOUND, use);
        }
    }

    @Test
    default void filesVanishWhenTheirTimeIsOver() {
        TempFile file = store().create("a", "", bytes("1"), MINUTE);
        TempFile longer = store().create("b", "", bytes("1"), MINUTE);
        assertThat(file.info().expiresAt()).contains(fixture().clock().instant().plus(MINUTE));
        longer.setExpiration(MINUTE.multipliedBy(10));
        advance(MINUTE.minusMillis(1));
        assertThat(text(file.load())).isEqualTo("1");
        advance(Duration.ofMillis(1));
        assertThat(store().get(file.id())).isEmpty();
        failing(KeyNotFoundException.class, ErrorCode.FILE_NOT_FOUND, file::load);
        assertThat(store().list("").stream().map(TempFileInfo::id).toList()).containsExactly(longer.id());
        store().cleanupExpired();
        assertThat(store().usage().files()).isOne();
        assertThat(store().cleanupExpired()).as("nothing is left to remove").isZero();
    }

    @Test
    default void aFileIsReadFromAnyPosition() {
        byte[] content = pattern(150_000, 5);
        TempFile large = store().create("a", "", content);
        TempFile small = store().create("b", "", pattern(100, 6));
        for (int round = 0; round < 2; round++) {
            try (FileInput in = large.openRead(); FileInput other = small.openRead()) {
                for (int at : new int[] {149_990, 0, 70_000, 70_010, 69_995}) {
                    in.seek(at);
                    assertThat(in.position()).isEqualTo(at);
                    assertThat(in.remaining()).isEqualTo(content.length - at);
                    assertThat(in.readNBytes(10)).isEqualTo(Arrays.copyOfRange(content, at, at + 10));
                }
                other.seek(50);
                assertThat(other.readAllBytes()).isEqualTo(Arrays.copyOfRange(pattern(100, 6), 50, 100));
                failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT, () -> in.seek(-1));
            }
        }
    }

    @Test
    default void anOpenFileCanBeReadToItsEnd() {
        byte[] content = pattern(200_000, 2);
        TempFile file = store().create("a", "", content, MINUTE);
        try (FileInput in = file.openRead()) {
            in.read();
            advance(MINUTE);
            store().cleanupExpired();
            assertThat(in.readAllBytes()).hasSize(content.length - 1);
        }
    }

    @Test
    default void timesThatMakeNoSenseAreRefused() {
        failing(InvalidOperationException.class, ErrorCode.INVALID_TTL,
                () -> store().create("a", "", Duration.ofSeconds(-1)));
        TempFile file = store().create("a", "", Duration.ZERO);
        failing(InvalidOperationException.class, ErrorCode.INVALID_TTL,
                () -> file.setExpiration(Duration.ofSeconds(-1)));
        assertThat(store().list("")).hasSize(1);
    }

    @Test
    default void hostileNamesAreRefused() {
        for (String name : List.of("../a", "a/b", "/a", "a\0", "a\\b", "a:b", "a*", "a\n")) {
            failing(InvalidOperationException.class, ErrorCode.INVALID_NAME, () -> store().create(name, ""));
            failing(InvalidOperationException.class, ErrorCode.INVALID_NAME, () -> store().create("", name));
            failing(InvalidOperationException.class, ErrorCode.INVALID_NAME, () -> store().createDir(name));
            failing(InvalidOperationException.class, ErrorCode.INVALID_NAME,
                    () -> store().createDir("", name, MINUTE));
        }
        for (String id : List.of("../../etc/passwd", "/etc/passwd", "..", "")) {
            Throwable thrown = catchThrowable(() -> store().openRead(id).close());
            assertThat(thrown).isInstanceOfAny(InvalidOperationException.class, KeyNotFoundException.class);
        }
        assertThat(store().list("")).isEmpty();
    }

    @Test
    default void listingMatchesIds() {
        TempFile one = store().create("report-", ".pdf");
        TempFile two = store().create("image-", ".png");
        assertThat(store().list("report-*")).extracting(TempFileInfo::id).containsExactly(one.id());
        assertThat(store().list("*.png")).extracting(TempFileInfo::id).containsExactly(two.id());
        assertThat(store().list("")).extracting(TempFileInfo::id).isSorted().hasSize(2);
        failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT, () -> store().list("[a"));
    }

    @Test
    default void directoriesVanishWithAllInThem() throws IOException {
        TempDir directory;
        try {
            directory = store().createDir("work");
        } catch (UnsupportedFeatureException none) {
            assertThat(none.getMessage()).isNotBlank();
            return;
        }
        Files.write(directory.path().resolve("file"), bytes("12345"));
        Files.createDirectory(directory.path().resolve("deep"));
        assertThat(directory.path()).isAbsolute();
        assertThat(directory.info().directory()).isTrue();
        assertThat(directory.info().size()).isEqualTo(5);
        assertThat(store().removeDir(directory.id())).isTrue();
        assertThat(directory.remove()).isFalse();
        assertThat(Files.exists(directory.path())).isFalse();
        TempDir second = store().createDir("work", ".d", MINUTE);
        assertThat(second.id()).startsWith("work").endsWith(".d");
        assertThat(second.info().expiresAt()).contains(fixture().clock().instant().plus(MINUTE));
        TempDir third = store().createDir("work");
        third.setExpiration(MINUTE.multipliedBy(2));
        assertThat(store().list("*.d")).extracting(TempFileInfo::id).containsExactly(second.id());
        advance(MINUTE);
        store().cleanupExpired();
        assertThat(Files.exists(second.path())).isFalse();
        assertThat(Files.exists(third.path())).isTrue();
        advance(MINUTE);
        store().cleanupExpired();
        assertThat(Files.exists(third.path())).isFalse();
    }

    @Test
    default void withFileRemovesItInAnyCase() {
        String[] id = new String[1];
        assertThat(store().<String>withFile("a", "", file -> {
            id[0] = file.id();
            return "done";
        })).isEqualTo("done");
        assertThat(store().get(id[0])).isEmpty();
        IllegalStateException own = new IllegalStateException("mine");
        assertThat(catchThrowable(() -> store().withFile("a", "", file -> {
            throw own;
        }))).isSameAs(own);
        assertThat(store().list("")).isEmpty();
    }

    @Test
    default void usageAndQuota() {
        store().create("a", "", new byte[1000]);
        assertThat(store().usage().files()).isOne();
        assertThat(store().usage().bytes()).isEqualTo(1000);
        long maxFiles = store().usage().maxFiles().orElse(Long.MAX_VALUE);
        if (maxFiles <= 2000) {
            for (long i = 1; i < maxFiles; i++) {
                store().create("f", "");
            }
            assertThat(catchThrowable(() -> store().create("one more", "")))
                    .isInstanceOfSatisfying(io.sett.api.error.StorageException.class,
                            error -> assertThat(error.code()).isEqualTo(ErrorCode.QUOTA_EXCEEDED));
        }
        store().list("").forEach(info -> store().remove(info.id()));
        assertThat(store().usage().bytes()).isZero();
    }

    @Test
    default void deadlinesAreOfferedOrRefused() {
        if (!offers(Capability.DEADLINES)) {
            refuses(Capability.DEADLINES, () -> store().withTimeout(MINUTE));
            return;
        }
        TempStore view = store().withTimeout(MINUTE);
        TempFile file = view.create("a", "", bytes("1"));
        view.close();
        assertThat(text(store().get(file.id()).orElseThrow().load())).isEqualTo("1");
    }
}
