// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageException;
import io.sett.api.file.FileOutput;
import io.sett.api.file.FileStore;
import io.sett.api.file.SaveOptions;
import io.sett.testkit.Stress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories of an open store that somebody replaces by links to the outside. */
class HostileChangesTest {

    @TempDir
    private Path directory;
    private Path outside;
    private Path inside;
    private Path aside;

    @BeforeEach
    void makeOutside() throws IOException {
        outside = Files.createDirectories(directory.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        inside = directory.resolve("store/files/d");
        aside = directory.resolve("aside");
    }

    private void swap() throws IOException {
        Files.move(inside, aside);
        Files.createSymbolicLink(inside, outside);
    }

    private void swapBack() throws IOException {
        Files.delete(inside);
        Files.move(aside, inside);
    }

    private void assertOutsideIsUntouched() throws IOException {
        try (Stream<Path> left = Files.walk(outside)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("outside", "secret");
        }
        assertThat(Files.readString(outside.resolve("secret"))).isEqualTo("secret");
    }

    @Test
    void aLinkPutThereWhileWritingIsRefusedAtTheCommit() throws IOException {
        try (FileStore files = LocalFiles.open(directory.resolve("store"))) {
            files.save("d/a", "old".getBytes(UTF_8));
            try (FileOutput out = files.openWrite("d/a"); FileOutput deep = files.openWrite("d/new/deep")) {
                out.write("new".getBytes(UTF_8));
                swap();
                for (FileOutput output : new FileOutput[] {out, deep}) {
                    assertThatThrownBy(output::commit).isInstanceOf(StorageException.class)
                            .extracting(thrown -> ((StorageException) thrown).code()).isEqualTo(ErrorCode.INVALID_NAME);
                }
            }
            for (Runnable use : new Runnable[] {() -> files.load("d/secret"), () -> files.delete("d/secret"),
                () -> files.save("d/x", new byte[1]), () -> files.move("d/secret", "here", true),
                () -> files.makeDir("d/e"), () -> files.deleteDir("d", true), () -> files.info("d/secret")}) {
                assertThatThrownBy(use::run).isInstanceOf(StorageException.class)
                        .extracting(thrown -> ((StorageException) thrown).code()).isEqualTo(ErrorCode.INVALID_NAME);
            }
            assertOutsideIsUntouched();
            swapBack();
            assertThat(new String(files.load("d/a"), UTF_8)).isEqualTo("old");
        }
    }

    @Test
    void whoeverSwapsDirectoriesAllTheTimeGetsNothingOutside() throws Exception {
        SaveOptions quick = SaveOptions.defaults().withSync(false);
        try (FileStore files = LocalFiles.open(directory.resolve("store"))) {
            files.save("d/a", new byte[10], quick);
            AtomicBoolean running = new AtomicBoolean(true);
            Thread attacker = new Thread(() -> {
                try {
                    while (running.get()) {
                        swap();
                        swapBack();
                    }
                } catch (IOException failed) {
                    throw new IllegalStateException("the swapping itself failed", failed);
                }
            });
            attacker.start();
            int done = 0;
            int refused = 0;
            for (int i = 0; i < Stress.times(400, 20_000); i++) {
                try {
                    switch (i % 4) {
                        case 0 -> files.save("d/b" + i % 7, new byte[10], quick);
                        case 1 -> assertThat(files.load("d/a")).hasSize(10);
                        case 2 -> files.deleteIfExists("d/secret");
                        default -> files.makeDir("d/e" + i);
                    }
                    done++;
                } catch (StorageException expected) {
                    refused++;
                }
            }
            running.set(false);
            attacker.join();
            assertThat(done + refused).isPositive();
            assertOutsideIsUntouched();
        }
    }
}
