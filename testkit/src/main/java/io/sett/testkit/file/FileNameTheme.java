// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.file;

import static io.sett.testkit.Bytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sett.api.common.Capability;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.file.FileInfo;
import io.sett.api.file.FileOutput;
import io.sett.testkit.Theme;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Names, hostile and other. */
@Theme("names")
public interface FileNameTheme extends FileTheme {

    /** Every method that takes a name, given this one. */
    private List<Use> uses(String name) {
        List<Use> uses = new ArrayList<>(List.of(() -> save(name, "x"), () -> store().load(name),
                () -> store().load(name, 0, 1), () -> store().openRead(name).close(),
                () -> store().openRead(name, 0, 1).close(), () -> store().openChannel(name).close(),
                () -> store().openWrite(name).close(), () -> store().write(name, out -> out.write(1)),
                () -> store().delete(name), () -> store().deleteIfExists(name), () -> store().verify(name),
                () -> store().copy("good", name, true), () -> store().copy(name, "target", true),
                () -> store().move("good", name, true), () -> store().move(name, "target", true),
                () -> store().deleteDir(name, true), () -> store().deleteDir(name, false)));
        if (offers(Capability.APPEND)) {
            uses.add(() -> store().append(name, new byte[1]));
        }
        if (!name.isEmpty()) {
            uses.addAll(List.of(() -> store().exists(name), () -> store().info(name), () -> store().makeDir(name),
                    () -> store().list(name, ""), () -> store().directories(name),
                    () -> store().walk(name, "").close()));
            if (offers(Capability.WATCH)) {
                uses.add(() -> store().watch(name, "").close());
            }
        }
        return uses;
    }

    @Test
    default void hostileNamesAreRefusedByEveryMethod() {
        save("good", "content");
        save("d/good", "content");
        List<String> names = HostileNames.all();
        assertThat(names.size()).isGreaterThanOrEqualTo(200);
        for (String name : names) {
            List<Use> uses = uses(name);
            for (int i = 0; i < uses.size(); i++) {
                Throwable thrown = catchThrowable(uses.get(i)::run);
                if (!(thrown instanceof InvalidOperationException refused)
                        || refused.code() != ErrorCode.INVALID_NAME) {
                    throw new AssertionError("use number " + i + " of the name '" + HostileNames.shown(name)
                            + "' must be refused with INVALID_NAME, it ended with " + thrown, thrown);
                }
            }
        }
        assertThat(names()).containsExactly("d/good", "good");
        assertThat(load("good")).isEqualTo("content");
    }

    /** With the JDK's own globs such a pattern takes longer than anybody lives. */
    @Test
    @Timeout(60)
    default void patternsTakeNoTimeToSpeakOf() {
        String name = "a".repeat(255);
        save(name, "x");
        String pattern = "*a".repeat(100) + "b";
        assertThat(store().list("", pattern)).isEmpty();
        try (Stream<FileInfo> found = store().walk("", pattern)) {
            assertThat(found).isEmpty();
        }
        assertThat(store().list("", "*a".repeat(100))).hasSize(1);
    }

    @Test
    default void portableNamesAreTaken() {
        List<String> names = List.of("a", "A.b-c_d", "with space", "ä/ö/ü.txt", "日本語", "🦡", ".hidden", "..a", "a..b",
                "console", "nully", "com10", "lpt", "(1) [2] {3} #%&+,;=@!'~^$`", "x".repeat(255),
                String.join("/", java.util.Collections.nCopies(200, "abcd")));
        for (String name : names) {
            save(name, name);
        }
        for (String name : names) {
            assertThat(load(name)).isEqualTo(name);
        }
        assertThat(names()).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    default void namesThatLookLikeTheStoresOwnFilesAreOrdinary() {
        for (String name : List.of("LOCK", "lock.new", ".tmp", "tmp/a", "a.tmp", "a.sha256", ".sett/x", ".meta", "index",
                "a.part", "manifest")) {
            save(name, name);
            assertThat(load(name)).isEqualTo(name);
        }
        store().usage();
        assertThat(names()).hasSize(11);
    }

    @Test
    default void symbolicLinksAreNotFollowed() throws IOException {
        save("dir/inside", "content");
        Path outside = fixture().newDirectory();
        Files.write(outside.resolve("secret"), bytes("secret"));
        List<Path> planted = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(fixture().directory())) {
            for (Path directory : tree.filter(Files::isDirectory).toList()) {
                plant(directory.resolve("link"), outside, planted);
                plant(directory.resolve("filelink"), outside.resolve("secret"), planted);
            }
        }
        for (String name : List.of("link/secret", "dir/link/secret", "filelink", "dir/filelink")) {
            assertThat(catchThrowable(() -> store().load(name)))
                    .as("%s leads out of the store over a symbolic link", name).isNotNull();
        }
        for (String name : List.of("link/new", "dir/link/new")) {
            catchThrowable(() -> save(name, "x"));
        }
        try (Stream<Path> left = Files.list(outside)) {
            assertThat(left.map(path -> path.getFileName().toString()).toList())
                    .as("nothing may be written outside of the store").containsExactly("secret");
        }
        assertThat(Files.readAllBytes(outside.resolve("secret"))).isEqualTo(bytes("secret"));
        for (Path link : planted) {
            Files.delete(link);
        }
    }

    /** A store that keeps its directories otherwise has nothing that could be swapped. */
    @Test
    default void aDirectorySwappedForALinkWhileWritingLeadsNowhere() throws IOException {
        save("swapped/old", "content");
        Path outside = fixture().newDirectory();
        Files.write(outside.resolve("secret"), bytes("secret"));
        List<Path> planted = new ArrayList<>();
        try (FileOutput out = store().openWrite("swapped/new")) {
            out.write(bytes("new"));
            Optional<Path> directory;
            try (Stream<Path> tree = Files.walk(fixture().directory())) {
                directory = tree.filter(path -> path.endsWith("swapped") && Files.isDirectory(path)).findFirst();
            }
            if (directory.isPresent()) {
                Path aside = fixture().newDirectory().resolve("aside");
                Files.move(directory.get(), aside);
                plant(directory.get(), outside, planted);
                if (!planted.isEmpty()) {
                    failing(InvalidOperationException.class, ErrorCode.INVALID_NAME, out::commit);
                    failing(InvalidOperationException.class, ErrorCode.INVALID_NAME, () -> load("swapped/secret"));
                    Files.delete(directory.get());
                }
                Files.move(aside, directory.get());
            }
        }
        try (Stream<Path> left = Files.list(outside)) {
            assertThat(left.map(path -> path.getFileName().toString()).toList())
                    .as("nothing may be written outside of the store").containsExactly("secret");
        }
        assertThat(load("swapped/old")).isEqualTo("content");
        assertThat(names()).containsExactly("swapped/old");
    }

    private static void plant(Path link, Path target, List<Path> planted) throws IOException {
        try {
            planted.add(Files.createSymbolicLink(link, target));
        } catch (FileSystemException | UnsupportedOperationException noLinksHere) {
            assertThat(link).as("systems without links need no protection").doesNotExist();
        }
    }
}
