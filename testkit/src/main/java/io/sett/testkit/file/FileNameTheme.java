// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.file;

import static io.sett.testkit.Bytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.testkit.Theme;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Names, hostile and other. */
@Theme("names")
public interface FileNameTheme extends FileTheme {

    /** Names that every store must refuse, on every system. */
    List<String> HOSTILE = hostile();

    private static List<String> hostile() {
        List<String> names = new ArrayList<>(List.of("", "/", "/etc/passwd", "//a", "a/", "a//b", ".", "..", "./a",
                "../a", "a/..", "a/../b", "a/../../b", "a/.", "../../../../../../etc/passwd", "..\\a", "a\\b",
                "C:\\a", "C:/a", "a:b", "a:$DATA", "a\0b", "\0", "a\nb", "a\tb", "a\u007fb", "a\u001fb", "a*", "a?",
                "<a", "a>", "a\"b", "a|b", "a ", " a", "a.", "a..", "d /b", "d./b", " d/b", "...", "a/...",
                "CON", "con", "PRN", "AUX", "NUL", "nul.txt", "COM1", "com9.log", "LPT1", "lpt9", "d/NUL", "NUL/a",
                "aux.tar.gz", "\ud800", "a\udc00", "x".repeat(256), "ä".repeat(128), "d/" + "y".repeat(256)));
        names.add(String.join("/", java.util.Collections.nCopies(300, "abcd")));
        return List.copyOf(names);
    }

    private static String shown(String name) {
        return name.length() > 40 ? name.substring(0, 40) + "… (" + name.length() + ")" : name;
    }

    @Test
    default void hostileNamesAreRefusedByEveryMethod() {
        save("good", "content");
        save("d/good", "content");
        for (String name : HOSTILE) {
            List<Use> uses = new ArrayList<>(List.of(() -> save(name, "x"), () -> store().load(name),
                    () -> store().openRead(name).close(), () -> store().openWrite(name).close(),
                    () -> store().delete(name), () -> store().deleteIfExists(name), () -> store().verify(name),
                    () -> store().copy("good", name, true), () -> store().copy(name, "target", true),
                    () -> store().move("good", name, true), () -> store().move(name, "target", true),
                    () -> store().deleteDir(name, true)));
            if (!name.isEmpty()) {
                uses.addAll(List.of(() -> store().exists(name), () -> store().info(name),
                        () -> store().makeDir(name), () -> store().list(name, ""),
                        () -> store().walk(name, "").close()));
            }
            for (int i = 0; i < uses.size(); i++) {
                Use use = uses.get(i);
                Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(use::run);
                assertThat(thrown).as("use number %d of the name '%s'", i, shown(name))
                        .isInstanceOf(InvalidOperationException.class);
                assertThat(((InvalidOperationException) thrown).code()).isEqualTo(ErrorCode.INVALID_NAME);
            }
        }
        assertThat(names()).containsExactly("d/good", "good");
        assertThat(load("good")).isEqualTo("content");
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
        for (String name : List.of("LOCK", "lock", ".tmp", "tmp/a", "a.tmp", "a.sha256", ".sett/x", ".meta", "index",
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
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> store().load(name)))
                    .as("%s leads out of the store over a symbolic link", name).isNotNull();
        }
        for (String name : List.of("link/new", "dir/link/new")) {
            org.assertj.core.api.Assertions.catchThrowable(() -> save(name, "x"));
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

    private static void plant(Path link, Path target, List<Path> planted) throws IOException {
        try {
            planted.add(Files.createSymbolicLink(link, target));
        } catch (FileSystemException | UnsupportedOperationException noLinksHere) {
            assertThat(link).as("systems without links need no protection").doesNotExist();
        }
    }
}
