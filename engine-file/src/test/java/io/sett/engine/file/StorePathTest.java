// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.sett.api.file.FileStore;
import io.sett.spi.Engines;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Paths and globs of the view do what those of another file system do. */
class StorePathTest {

    private static final List<String> PATHS = List.of("", "/", "a", "/a", "a/b", "/a/b", "a/b/c", "../a", "a/../b",
            "a/..", "/..", "/a/../../b", "./a", "a/.", "b", "/b", "a/b/../..", "..", "../..", "a//b", "/a/");
    private static final List<String> GLOBS = List.of("*", "**", "*.txt", "a*", "?", "a?c", "[abc]", "[!a]*", "[a-c]?",
            "**/b", "/**", "/*", "/*/*", "{a,b}", "{a,b}/*", "*.{txt,log}", "a\\*b", "**.txt", "{,x}a", "/a/**/c",
            "[a-]", "*b*");
    private static final List<String> NAMES = List.of("a", "b", "c", "-", "abc", "a.txt", "/a.txt", "x/a.txt", "a/b",
            "/a/b", "/a/b/c", "/a/x/y/c", "a*b", "axb", "b/c", "a.log", "xa", "/", "");

    private FileStore store;
    private FileSystem view;
    private FileSystem model;

    @BeforeEach
    void open() {
        store = Engines.open(FileStore.class, "kvfile", Map.of("key_value_engine", "memory"));
        view = StoreFileSystems.of(store);
        model = Jimfs.newFileSystem(Configuration.unix());
    }

    @AfterEach
    void close() throws IOException {
        view.close();
        model.close();
        store.close();
    }

    private static String shown(Function<Path, Object> use, Path path) {
        try {
            return String.valueOf(use.apply(path));
        } catch (IllegalArgumentException refused) {
            return "refused";
        }
    }

    @Test
    void onePathAtATime() {
        Map<String, Function<Path, Object>> uses = Map.of("root", Path::getRoot, "name", Path::getFileName, "parent",
                Path::getParent, "count", Path::getNameCount, "normalized", Path::normalize, "absolute",
                Path::isAbsolute, "first", path -> path.getName(0), "sub", path -> path.subpath(0, 2));
        for (String text : PATHS) {
            uses.forEach((name, use) -> assertThat(shown(use, view.getPath(text))).as("%s of '%s'", name, text)
                    .isEqualTo(shown(use, model.getPath(text))));
        }
    }

    @Test
    void whereOthersDoNotAgree() {
        assertThat(view.getPath(".").normalize()).isEqualTo(view.getPath(""));
        assertThat(view.getPathMatcher("glob:[]]").matches(view.getPath("]"))).isTrue();
    }

    @Test
    void twoPathsTogether() {
        Map<String, BiFunction<Path, Path, Object>> uses = Map.of("resolve", Path::resolve, "starts", Path::startsWith,
                "ends", Path::endsWith, "equals", Path::equals, "sibling", Path::resolveSibling, "relative",
                (one, other) -> one.normalize().relativize(other.normalize()));
        for (String one : PATHS) {
            for (String other : PATHS) {
                uses.forEach((name, use) -> {
                    if (!name.equals("relative") || !one.contains("..") && !other.contains("..")) {
                        assertThat(shown(path -> use.apply(path, view.getPath(other)), view.getPath(one)))
                                .as("%s of '%s' and '%s'", name, one, other)
                                .isEqualTo(shown(path -> use.apply(path, model.getPath(other)), model.getPath(one)));
                    }
                });
            }
        }
    }

    @Test
    void globsMatchTheSame() {
        for (String glob : GLOBS) {
            for (String name : NAMES) {
                assertThat(view.getPathMatcher("glob:" + glob).matches(view.getPath(name)))
                        .as("'%s' matches '%s'", glob, name)
                        .isEqualTo(Path.of("").getFileSystem().getPathMatcher("glob:" + glob).matches(Path.of(name)));
            }
        }
    }

    @Test
    @Timeout(60)
    void globsTakeNoTimeToSpeakOf() {
        assertThat(view.getPathMatcher("glob:" + "*a".repeat(100) + "b").matches(view.getPath("a".repeat(1000))))
                .isFalse();
    }
}
