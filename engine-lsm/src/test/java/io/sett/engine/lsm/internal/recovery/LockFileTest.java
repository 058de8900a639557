// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageUnavailableException;
import io.sett.engine.lsm.internal.io.FileNames;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One writer or several readers, in one process and across processes. */
class LockFileTest {

    @TempDir
    Path directory;

    @Test
    void aSecondOpenerLearnsWhoHoldsIt() throws IOException {
        try (LockFile held = LockFile.acquire(directory, "chain", false)) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> LockFile.acquire(directory, "other", false))
                    .isInstanceOfSatisfying(StorageUnavailableException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE_LOCK_TIMEOUT))
                    .hasMessageContaining("pid " + ProcessHandle.current().pid())
                    .hasMessageContaining("store 'chain'").hasMessageContaining("this process");
            assertThatThrownBy(() -> LockFile.acquire(directory, "reader", true))
                    .isInstanceOf(StorageUnavailableException.class);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(FileNames.lock(directory))))
                    .isEqualTo("rw-------");
        }
        LockFile.acquire(directory, "next", false).close();
    }

    @Test
    void readersShareAndKeepWritersOut() {
        LockFile.acquire(directory, "first", false).close();
        LockFile one = LockFile.acquire(directory, "one", true);
        LockFile two = LockFile.acquire(directory, "two", true);
        assertThatThrownBy(() -> LockFile.acquire(directory, "writer", false))
                .isInstanceOf(StorageUnavailableException.class);
        one.close();
        one.close();
        assertThatThrownBy(() -> LockFile.acquire(directory, "writer", false))
                .isInstanceOf(StorageUnavailableException.class);
        two.close();
        LockFile.acquire(directory, "writer", false).close();
    }

    @Test
    void anotherProcessIsNamedAndItsDeathFreesTheDirectory() throws IOException, InterruptedException {
        Process child = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), Holder.class.getName(), directory.toString()))
                .redirectErrorStream(true).start();
        try (BufferedReader output = new BufferedReader(new InputStreamReader(child.getInputStream()))) {
            assertThat(output.readLine()).isEqualTo("held");
            assertThatThrownBy(() -> LockFile.acquire(directory, "mine", false))
                    .isInstanceOf(StorageUnavailableException.class).hasMessageContaining("pid " + child.pid())
                    .hasMessageContaining("store 'child'").hasMessageContaining("started ");
            assertThatThrownBy(() -> LockFile.acquire(directory, "mine", true))
                    .isInstanceOf(StorageUnavailableException.class);
        } finally {
            child.destroyForcibly().waitFor();
        }
        LockFile.acquire(directory, "mine", false).close();
    }

    /** Holds a directory until it is killed. */
    static final class Holder {

        private Holder() {
        }

        public static void main(String[] arguments) throws IOException {
            LockFile.acquire(Path.of(arguments[0]), "child", false);
            System.out.println("held");
            System.in.read();
        }
    }
}
