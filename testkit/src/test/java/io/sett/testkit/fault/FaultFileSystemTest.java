// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The file system of the kit does what NIO says, and its images and faults are the right ones. */
class FaultFileSystemTest {

    private final FaultFileSystem disk = FaultFileSystem.create();
    private final Path root = disk.directory("/data");

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, Files.isDirectory(path) ? StandardOpenOption.READ
                : StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static List<String> names(FaultFileSystem system) throws IOException {
        try (Stream<Path> files = Files.list(system.getPath("/data"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private FaultFileSystem image(CrashModel model, Survival survival) {
        return CrashImages.of(disk, model).at(disk.changes(), survival, 1);
    }

    @Test
    void filesAndDirectoriesAreMadeReadMovedAndDeleted() throws IOException {
        Path file = root.resolve("a");
        Files.writeString(file, "hello");
        Files.writeString(file, " world", StandardOpenOption.APPEND);
        assertThat(Files.readString(file)).isEqualTo("hello world");
        assertThat(Files.size(file)).isEqualTo(11);
        assertThatThrownBy(() -> Files.createFile(file)).isInstanceOf(FileAlreadyExistsException.class);
        Path deep = Files.createDirectories(root.resolve("b/c"));
        Files.copy(file, deep.resolve("copy"));
        Files.move(file, deep.resolve("copy"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        assertThat(Files.exists(file)).isFalse();
        assertThat(Files.readString(deep.resolve("../c/./copy"))).isEqualTo("hello world");
        assertThatThrownBy(() -> Files.delete(deep)).isInstanceOf(DirectoryNotEmptyException.class);
        assertThatThrownBy(() -> Files.size(file)).isInstanceOf(NoSuchFileException.class);
        Files.delete(deep.resolve("copy"));
        Files.delete(deep);
        try (Stream<Path> tree = Files.walk(root)) {
            assertThat(tree.map(Path::toString)).containsExactly("/data", "/data/b");
        }
        assertThat(disk.openHandles()).isZero();
        assertThat(root.relativize(root.resolve("x/y")).toString()).isEqualTo("x/y");
    }

    @Test
    void aNameIsSureWhenItsDirectoryWasForcedAndBytesWhenTheirFileWas() throws IOException {
        Path file = root.resolve("a");
        Files.writeString(file, "old");
        force(file);
        assertThat(names(image(CrashModel.STRICT, Survival.FORCED))).isEmpty();
        assertThat(names(image(CrashModel.JOURNALLED, Survival.FORCED))).containsExactly("a");
        force(root);
        Files.write(file, "newer".getBytes(UTF_8), StandardOpenOption.WRITE);
        assertThat(Files.readString(image(CrashModel.STRICT, Survival.FORCED).getPath("/data/a"))).isEqualTo("old");
        assertThat(Files.readString(image(CrashModel.STRICT, Survival.ALL).getPath("/data/a"))).isEqualTo("newer");
        assertThat(Files.readString(image(CrashModel.STRICT, Survival.SIZES).getPath("/data/a")))
                .isEqualTo("old\0\0");
    }

    @Test
    void renamesAndDeletionsAreUndoneUnlessForced() throws IOException {
        Path file = root.resolve("a");
        Files.writeString(file, "1");
        force(file);
        force(root);
        Files.move(file, root.resolve("b"));
        Files.writeString(root.resolve("c"), "2");
        Files.delete(root.resolve("c"));
        assertThat(names(image(CrashModel.STRICT, Survival.FORCED))).containsExactly("a");
        assertThat(names(image(CrashModel.STRICT, Survival.ALL))).containsExactly("b");
        force(root);
        assertThat(names(image(CrashModel.STRICT, Survival.FORCED))).containsExactly("b");
    }

    @Test
    void randomImagesTearWritesIntoSectorsAndAreRepeatable() throws IOException {
        Path file = root.resolve("a");
        Files.write(file, new byte[4096]);
        force(file);
        force(root);
        byte[] ones = new byte[4096];
        java.util.Arrays.fill(ones, (byte) 1);
        Files.write(file, ones, StandardOpenOption.WRITE);
        boolean torn = false;
        for (int seed = 0; seed < 50; seed++) {
            CrashImages images = CrashImages.of(disk, CrashModel.STRICT);
            byte[] found = Files.readAllBytes(images.at(disk.changes(), Survival.RANDOM, seed).getPath("/data/a"));
            assertThat(Files.readAllBytes(images.at(disk.changes(), Survival.RANDOM, seed).getPath("/data/a")))
                    .isEqualTo(found);
            int sum = 0;
            for (int sector = 0; sector < 8; sector++) {
                sum += found[sector * 512];
                assertThat(found[sector * 512]).isEqualTo(found[sector * 512 + 511]);
            }
            torn |= sum > 0 && sum < 8;
        }
        assertThat(torn).isTrue();
    }

    @Test
    void imagesAtEarlierPointsAndOfImages() throws IOException {
        Files.writeString(root.resolve("a"), "1");
        force(root.resolve("a"));
        force(root);
        long before = disk.changes();
        Files.writeString(root.resolve("a"), "2");
        CrashImages images = CrashImages.of(disk, CrashModel.STRICT);
        assertThat(Files.readString(images.at(disk.changes(), Survival.ALL, 1).getPath("/data/a"))).isEqualTo("2");
        FaultFileSystem early = images.at(before, Survival.FORCED, 1);
        assertThat(Files.readString(early.getPath("/data/a"))).isEqualTo("1");
        Files.delete(early.getPath("/data/a"));
        assertThat(names(CrashImages.of(early, CrashModel.STRICT).at(0, Survival.ALL, 1))).containsExactly("a");
        assertThat(names(CrashImages.of(early, CrashModel.STRICT).at(1, Survival.ALL, 1))).isEmpty();
    }

    @Test
    void theNthCallFailsOnceOrFromThenOn() throws IOException {
        FaultPlan once = disk.plan(FaultPlan.fail(FileOperation.WRITE, 2, Fault.EIO).torn());
        Files.writeString(root.resolve("a"), "fine");
        assertThatThrownBy(() -> Files.writeString(root.resolve("b"), "half"))
                .isInstanceOf(IOException.class).hasMessage("Input/output error");
        assertThat(Files.readString(root.resolve("b"))).isEqualTo("ha");
        Files.writeString(root.resolve("c"), "fine");
        assertThat(once.failures()).isEqualTo(1);
        disk.clearPlans();
        disk.plan(FaultPlan.fail(FileOperation.CREATE, 1, Fault.ENOSPC).sticky().on(path -> path.endsWith("d")));
        Files.writeString(root.resolve("e"), "fine");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> Files.createFile(root.resolve("d"))).hasMessageContaining("No space left");
        }
    }

    @Test
    void whatWasWrittenBeforeAFailedForceIsLostEvenIfALaterForceSucceeds() throws IOException {
        Path file = root.resolve("a");
        Files.writeString(file, "1");
        force(file);
        force(root);
        Files.write(file, "2".getBytes(UTF_8), StandardOpenOption.WRITE);
        disk.plan(FaultPlan.fail(FileOperation.FORCE, 1, Fault.EIO));
        assertThatThrownBy(() -> force(file)).isInstanceOf(IOException.class);
        force(file);
        assertThat(Files.readString(file)).isEqualTo("2");
        assertThat(Files.readString(image(CrashModel.STRICT, Survival.FORCED).getPath("/data/a"))).isEqualTo("1");
    }

    @Test
    void aFullDiskTakesWhatFitsAndFreesWhatIsDeleted() throws IOException {
        disk.limitSpace(10);
        try (FileChannel channel = FileChannel.open(root.resolve("a"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            assertThat(channel.write(ByteBuffer.allocate(16), 0)).isEqualTo(10);
            assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1), 10)).hasMessage("No space left on device");
            assertThat(channel.write(ByteBuffer.allocate(5), 0)).as("within the file").isEqualTo(5);
            Files.delete(root.resolve("a"));
            assertThat(disk.usedSpace()).as("deleted, but open").isEqualTo(10);
            assertThat(disk.openFiles()).containsExactly("/data/a");
        }
        assertThat(disk.usedSpace()).isZero();
        assertThat(Files.getFileStore(root).getUsableSpace()).isEqualTo(10);
    }

    @Test
    void channelsAreClosedByInterruptsAndLocksOverlap() throws IOException {
        Path file = root.resolve("a");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try (FileChannel second = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.tryLock();
            assertThatThrownBy(second::tryLock).isInstanceOf(OverlappingFileLockException.class);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1), 0))
                    .isInstanceOfAny(ClosedByInterruptException.class, ClosedChannelException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(channel.isOpen()).isFalse();
            assertThat(second.tryLock().isValid()).isTrue();
        }
    }
}
