// SPDX-License-Identifier: Apache-2.0
package io.sett.moduletests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The example {@code configured}: what it prints is in the README. */
class ConfiguredExampleIT {

    private static final String MODULE = "io.sett.examples.configured";
    private static final String SQLITE_ACCESS = "--enable-native-access=org.xerial.sqlitejdbc";

    @TempDir
    Path directory;

    static List<Jdk> jdks() {
        return Jdk.all();
    }

    private JavaRun example(Jdk jdk) {
        return JavaRun.on(jdk, directory).modulePath(Jars.exampleRun("configured"));
    }

    private static Path configuration() {
        return Jars.example("configured").resolve("conf/storage.yaml").toAbsolutePath().normalize();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void withoutGuice(Jdk jdk) {
        example(jdk).module(MODULE + "/" + MODULE + ".WithoutGuice", configuration().toString()).succeeded()
                .printed(withoutGuiceOn("badger")).silent();

        assertThat(directory.resolve("data/configured")).isDirectory();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void withGuice(Jdk jdk) {
        String[] expected = {"order 1: 2 loaves", "drafts left: 0", "cache_store/sessions is on memory",
            "kv_store/drafts is on memory", "kv_store/orders is on badger"};

        for (int run = 0; run < 2; run++) {
            example(jdk).module(MODULE + "/" + MODULE + ".WithGuice", configuration().toString()).succeeded()
                    .printed(expected).silent();
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void oneLineSwapsTheEngine(Jdk jdk) throws IOException {
        String text = Files.readString(configuration());
        for (String engine : List.of("memory", "sqlite")) {
            Path swapped = Files.writeString(directory.resolve(engine + ".yaml"),
                    text.replace("kv_store: badger", "kv_store: " + engine));
            assertThat(swapped).content().isNotEqualTo(text);

            Outcome plain = example(jdk).module(MODULE + "/" + MODULE + ".WithoutGuice", swapped.toString())
                    .succeeded().printed(withoutGuiceOn(engine));
            if (engine.equals("sqlite") && jdk.warnsOfNativeAccess()) {
                plain.silentButForNativeAccessOfSqlite();
                example(jdk).with(SQLITE_ACCESS).module(MODULE + "/" + MODULE + ".WithoutGuice", swapped.toString())
                        .succeeded().printed(withoutGuiceOn(engine)).silent();
            } else {
                plain.silent();
            }
        }
    }

    private static String[] withoutGuiceOn(String engine) {
        return new String[] {"alice has 70", "bob has 30", "session 1 is of alice",
            "receipt 1 says 30 from alice to bob", "cache_store/default is on memory", "file_store/default is on file",
            "kv_store/default is on " + engine};
    }
}
