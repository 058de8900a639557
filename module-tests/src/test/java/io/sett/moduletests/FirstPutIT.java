// SPDX-License-Identifier: Apache-2.0
package io.sett.moduletests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The default engine with nothing but its own jars, without any option of the JVM. */
class FirstPutIT {

    private static final String MODULE = "io.sett.examples.quickstart";
    private static final String FIRST_PUT = MODULE + "/" + MODULE + ".FirstPut";
    private static final String TRANSFER = MODULE + "/" + MODULE + ".Transfer";
    private static final int MOST_JARS = 6;
    private static final long MOST_JAR_BYTES = 2 << 20;
    private static final long MOST_BYTES_OPEN = 1 << 20;
    private static final long MOST_BYTES_CLOSED = 64 << 10;

    @TempDir
    Path directory;

    static List<Jdk> jdks() {
        return Jdk.all();
    }

    private static List<Path> jars() {
        return Compiled.plus(Jars.smallest(), Jars.exampleJar("quickstart"));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void putsAndGetsInADirectoryThatIsNotThereYet(Jdk jdk) {
        JavaRun.on(jdk, directory).modulePath(jars()).module(FIRST_PUT).succeeded().printed("hello").silent();
        assertThat(directory.resolve("data/first")).isDirectory();

        JavaRun.on(jdk, directory).modulePath(jars()).module(FIRST_PUT, "data/first").succeeded().printed("hello")
                .silent();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void findsTheEngineByItsId(Jdk jdk) {
        JavaRun.on(jdk, directory).modulePath(jars()).module(TRANSFER).succeeded()
                .printed("account/alice 70", "account/bob 30").silent();
        assertThat(directory.resolve("data/transfer")).isDirectory();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void worksOnTheClassPath(Jdk jdk) {
        JavaRun.on(jdk, directory).classPath(jars()).mainClass(MODULE + ".FirstPut").succeeded().printed("hello")
                .silent();
        JavaRun.on(jdk, directory).classPath(jars()).mainClass(MODULE + ".Transfer").succeeded()
                .printed("account/alice 70", "account/bob 30").silent();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void needsNoNativeCodeAndNoUnsafeMemory(Jdk jdk) {
        JavaRun run = JavaRun.on(jdk, directory).modulePath(jars());
        if (jdk.warnsOfNativeAccess()) {
            run.with("--illegal-native-access=deny", "--sun-misc-unsafe-memory-access=deny");
        }
        run.module(TRANSFER).succeeded().printed("account/alice 70", "account/bob 30").silent();
    }

    @Test
    void takesFewAndSmallJars() {
        List<Path> shipped = Jars.exampleRun("quickstart");

        assertThat(shipped).hasSizeBetween(jars().size(), MOST_JARS);
        assertThat(shipped.stream().mapToLong(FirstPutIT::size).sum()).isBetween(1L, MOST_JAR_BYTES);
        assertThat(shipped.stream().map(jar -> Jars.descriptor(jar).name())).containsExactlyInAnyOrder("io.sett.api",
                "io.sett.spi", "io.sett.engine.lsm", "org.slf4j", MODULE);
    }

    @Test
    void takesLittleDisk() throws IOException {
        Path app = Compiled.jar("disk-use", directory, Jars.smallest());
        Path store = directory.resolve("store");

        Outcome outcome = JavaRun.on(Jdk.running(), directory).modulePath(Compiled.plus(Jars.smallest(), app))
                .module("org.example.diskuse/org.example.diskuse.DiskUse", store.toString()).succeeded().silent();

        assertThat(figure(outcome, "open ")).isBetween(1L, MOST_BYTES_OPEN);
        assertThat(figure(outcome, "closed ")).isBetween(1L, MOST_BYTES_CLOSED);
        try (Stream<Path> files = Files.walk(store)) {
            assertThat(files.filter(Files::isRegularFile).mapToLong(FirstPutIT::size).sum())
                    .isEqualTo(figure(outcome, "closed "));
        }
    }

    private static long figure(Outcome outcome, String label) {
        return outcome.out().lines().filter(line -> line.startsWith(label))
                .mapToLong(line -> Long.parseLong(line.substring(label.length()))).findFirst().orElseThrow();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
