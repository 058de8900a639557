// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.file.FileInput;
import io.sett.api.file.FileOutput;
import io.sett.api.file.FileStore;
import io.sett.api.file.SaveOptions;
import io.sett.spi.Engines;
import io.sett.testkit.Stress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams, copies and checks need little memory whatever the length: here the heap is smaller than the file. */
class SmallHeapTest {

    private static final int PIECE = 1 << 20;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"file", "badger"})
    void aFileLargerThanTheHeapIsWrittenReadCopiedAndVerified(String engine) throws Exception {
        long pieces = engine.equals("file") ? Stress.times(128, 4096) : Stress.times(72, 1024);
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m", "-XX:MaxDirectMemorySize=32m", "-cp", System.getProperty("java.class.path"),
                Streams.class.getName(), engine, directory.toString(), Long.toString(pieces))
                .redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("read " + pieces * PIECE);
    }

    /** Writes so many MiB as a stream, copies, verifies, and reads the copy. */
    static final class Streams {

        private Streams() {
        }

        public static void main(String[] arguments) {
            long pieces = Long.parseLong(arguments[2]);
            Map<String, Object> settings = arguments[0].equals("file")
                    ? Map.of("root_path", arguments[1], "max_file_size", "8GB")
                    : Map.of("root_path", arguments[1], "max_file_size", "8GB", "key_value_engine", arguments[0],
                            "key_value_settings", "mem_table_size=4MB,block_cache_size=4MB");
            String id = arguments[0].equals("file") ? "file" : "kvfile";
            try (FileStore files = Engines.open(FileStore.class, id, settings)) {
                byte[] piece = new byte[PIECE];
                try (FileOutput out = files.openWrite("big", SaveOptions.defaults().withSync(false))) {
                    for (long i = 0; i < pieces; i++) {
                        piece[0] = (byte) i;
                        piece[PIECE / 2] = (byte) (i >> 8);
                        out.write(piece);
                    }
                    out.commit();
                }
                files.copy("big", "copy", false);
                files.delete("big");
                files.verify("copy");
                long read = 0;
                try (FileInput in = files.openRead("copy")) {
                    for (int count; (count = in.read(piece)) >= 0;) {
                        read += count;
                    }
                }
                System.out.println("read " + read);
            }
        }
    }
}
