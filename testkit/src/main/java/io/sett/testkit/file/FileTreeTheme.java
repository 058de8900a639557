// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.KeyNotFoundException;
import io.sett.api.file.FileInfo;
import io.sett.testkit.Theme;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Directories, listing, copying and moving. */
@Theme("tree")
public interface FileTreeTheme extends FileTheme {

    private List<String> list(String directory, String pattern) {
        return store().list(directory, pattern).stream().map(FileInfo::name).toList();
    }

    @Test
    default void listShowsTheFilesOfOneDirectorySorted() {
        saveAll("b.txt", "a.txt", "c.log", "d/e.txt", "d/f/g.txt");
        store().makeDir("empty");
        assertThat(list("", "")).containsExactly("a.txt", "b.txt", "c.log");
        assertThat(list("", "*.txt")).containsExactly("a.txt", "b.txt");
        assertThat(list("d", "*")).containsExactly("d/e.txt");
        assertThat(list("d", "?.txt")).containsExactly("d/e.txt");
        assertThat(list("", "[ab].*")).containsExactly("a.txt", "b.txt");
        assertThat(list("empty", "")).isEmpty();
        failing(KeyNotFoundException.class, ErrorCode.FILE_NOT_FOUND, () -> list("absent", ""));
        failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT, () -> list("", "[a"));
    }

    @Test
    default void walkShowsEverythingBelow() {
        saveAll("a", "d/b", "d/e/c", "x/y/z");
        assertThat(names()).containsExactly("a", "d/b", "d/e/c", "x/y/z");
        try (Stream<FileInfo> below = store().walk("d", "*c")) {
            assertThat(below.map(FileInfo::name).toList()).containsExactly("d/e/c");
        }
        try (Stream<FileInfo> below = store().walk("d", "e/*")) {
            assertThat(below.map(FileInfo::name).toList()).as("matched as seen from the directory")
                    .containsExactly("d/e/c");
        }
    }

    @Test
    default void directoriesAreListedApart() {
        saveAll("a", "e/b", "d/f/c", "d/g");
        store().makeDir("empty");
        assertThat(store().directories("")).extracting(FileInfo::name).containsExactly("d", "e", "empty");
        assertThat(store().directories("d")).extracting(FileInfo::name).containsExactly("d/f");
        assertThat(store().directories("d")).allMatch(FileInfo::directory);
        assertThat(store().directories("empty")).isEmpty();
        failing(KeyNotFoundException.class, ErrorCode.FILE_NOT_FOUND, () -> store().directories("absent"));
        failing(KeyNotFoundException.class, ErrorCode.FILE_NOT_FOUND, () -> store().directories("a"));
    }

    @Test
    default void directoriesCanBeMade() {
        store().makeDir("a/b/c");
        store().makeDir("a/b/c");
        store().makeDir("");
        assertThat(store().info("a/b").directory()).isTrue();
        save("file", "1");
        failing(InvalidOperationException.class, ErrorCode.FILE_ALREADY_EXISTS, () -> store().makeDir("file"));
        assertThat(names()).containsExactly("file");
    }

    @Test
    default void directoriesCanBeDeleted() {
        saveAll("d/a", "d/e/b", "keep");
        failing(InvalidOperationException.class, ErrorCode.DIRECTORY_NOT_EMPTY, () -> store().deleteDir("d", false));
        assertThat(names()).hasSize(3);
        store().deleteDir("d", true);
        assertThat(store().exists("d")).isFalse();
        assertThat(names()).containsExactly("keep");
        store().makeDir("empty");
        store().deleteDir("empty", false);
        assertThat(store().exists("empty")).isFalse();
        failing(KeyNotFoundException.class, ErrorCode.FILE_NOT_FOUND, () -> store().deleteDir("d", true));
        failing(KeyNotFoundException.class, ErrorCode.FILE_NOT_FOUND, () -> store().deleteDir("keep", true));
        failing(InvalidOperationException.class, ErrorCode.INVALID_NAME, () -> store().deleteDir("", true));
        assertThat(names()).containsExactly("keep");
    }

    @Test
    default void filesCanBeCopied() {
        save("a", "1");
        save("b", "2");
        FileInfo info = store().copy("a", "d/c", false);
        assertThat(info).isEqualTo(store().info("d/c"));
        assertThat(load("d/c")).isEqualTo("1");
        failing(InvalidOperationException.class, ErrorCode.FILE_ALREADY_EXISTS, () -> store().copy("a", "b", false));
        assertThat(load("b")).isEqualTo("2");
        store().copy("a", "b", true);
        assertThat(load("b")).isEqualTo("1");
        failing(KeyNotFoundException.class, ErrorCode.FILE_NOT_FOUND, () -> store().copy("absent", "b", true));
        assertThat(load("b")).isEqualTo("1");
        save("a", "changed");
        assertThat(load("b")).as("a copy is a file of its own").isEqualTo("1");
    }

    @Test
    default void filesCanBeMoved() {
        save("a", "1");
        save("b", "2");
        store().move("a", "d/c", false);
        assertThat(load("d/c")).isEqualTo("1");
        assertThat(store().exists("a")).isFalse();
        failing(InvalidOperationException.class, ErrorCode.FILE_ALREADY_EXISTS,
                () -> store().move("d/c", "b", false));
        store().move("d/c", "b", true);
        assertThat(load("b")).isEqualTo("1");
        store().move("b", "b", true);
        store().move("b", "b", false);
        assertThat(load("b")).as("moving onto itself does nothing").isEqualTo("1");
        failing(KeyNotFoundException.class, ErrorCode.FILE_NOT_FOUND, () -> store().move("absent", "b", true));
        assertThat(names()).containsExactly("b");
        store().verify("b");
    }
}
