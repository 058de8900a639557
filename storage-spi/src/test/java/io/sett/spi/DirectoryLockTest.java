// SPDX-License-Identifier: Apache-2.0
package io.sett.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.StorageUnavailableException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {

    @TempDir
    private Path directory;

    @Test
    void aSecondOpenerOfThisProcessLearnsWhoHoldsIt() {
        try (DirectoryLock first = DirectoryLock.acquire(directory, "store 'chain'")) {
            assertThat(DirectoryLock.isHeldHere(directory)).isTrue();
            assertThatThrownBy(() -> DirectoryLock.acquire(directory, "store 'index'"))
                    .isInstanceOf(DeadlineExceededException.class).hasMessageContaining("store 'chain'")
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("(this process)").hasMessageContaining(directory.toString());
            assertThat(DirectoryLock.tryAcquire(directory, "cleaner")).isNull();
            assertThat(first).isNotNull();
        }
        DirectoryLock.acquire(directory, "store 'index'").close();
    }

    @Test
    void closingTwiceDoesNotTakeTheLockFromItsNextHolder() {
        DirectoryLock first = DirectoryLock.acquire(directory, "first");
        first.close();
        try (DirectoryLock second = DirectoryLock.acquire(directory, "second")) {
            first.close();
            assertThatThrownBy(() -> DirectoryLock.acquire(directory, "third")).hasMessageContaining("second");
            second.closeAndDelete();
        }
        assertThat(directory.resolve(DirectoryLock.FILE_NAME)).doesNotExist();
    }

    @Test
    void anotherProcessLearnsWhoHoldsItAndGetsItWhenTheHolderIsKilled() throws Exception {
        Process holder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Holder.class.getName(), directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        assertThat(holder.inputReader().readLine()).isEqualTo("locked");
        assertThatThrownBy(() -> DirectoryLock.acquire(directory, "here")).hasMessageContaining("store 'there'")
                .hasMessageContaining("process " + holder.pid()).hasMessageContaining("on host");
        holder.destroyForcibly().waitFor();
        DirectoryLock.acquire(directory, "here").close();
    }

    @Test
    void aDirectoryThatIsAbsentIsAClearError() {
        assertThatThrownBy(() -> DirectoryLock.acquire(directory.resolve("absent" + File.separator + "x"), "here"))
                .isInstanceOf(StorageUnavailableException.class).hasMessageContaining("absent");
    }

    @Test
    void theFileTellsItsHolder() throws IOException {
        try (DirectoryLock lock = DirectoryLock.acquire(directory, "store 'chain'")) {
            assertThat(Files.readString(directory.resolve(DirectoryLock.FILE_NAME))).startsWith("store 'chain'");
            assertThat(lock).isNotNull();
        }
    }

    /** Holds the lock until it is killed. */
    static final class Holder {
        public static void main(String[] arguments) throws IOException {
            try (DirectoryLock lock = DirectoryLock.acquire(Path.of(arguments[0]), "store 'there'")) {
                System.out.println("locked");
                if (System.in.read() < 0) {
                    throw new IOException("the pipe ended while " + lock + " was held");
                }
            }
        }
    }
}
