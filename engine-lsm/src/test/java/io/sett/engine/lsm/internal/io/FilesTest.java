// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.error.CorruptionException;
import io.sett.api.error.StorageUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilesTest {

    @TempDir
    Path directory;

    @Test
    void filesAndDirectoriesBelongToTheirOwnerAlone() throws IOException {
        Path path = directory.resolve("a/b");
        StoreDirectory.create(path);
        try (WritableFile file = WritableFile.create(path.resolve("000001.sst"))) {
            file.append(new byte[] {1}, 0, 1);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.resolve("000001.sst"))))
                .isEqualTo("rw-------");
    }

    @Test
    void namesAreTakenApart() {
        assertThat(FileNames.parse(FileNames.table(directory, 7))).contains(
                new FileNames.Parsed(FileNames.Type.TABLE, 7));
        assertThat(FileNames.parse(FileNames.wal(directory, 1234567))).contains(
                new FileNames.Parsed(FileNames.Type.WAL, 1234567));
        assertThat(FileNames.parse(FileNames.valueLog(directory, 3))).contains(
                new FileNames.Parsed(FileNames.Type.VALUE_LOG, 3));
        assertThat(FileNames.parse(FileNames.manifest(directory, 2))).contains(
                new FileNames.Parsed(FileNames.Type.MANIFEST, 2));
        assertThat(FileNames.parse(FileNames.current(directory)).orElseThrow().type())
                .isEqualTo(FileNames.Type.CURRENT);
        assertThat(FileNames.parse(FileNames.temporary(FileNames.current(directory))).orElseThrow().type())
                .isEqualTo(FileNames.Type.TEMPORARY);
        assertThat(FileNames.parse(Path.of("notes.txt"))).isEmpty();
        assertThat(FileNames.parse(Path.of("12.sst"))).isEmpty();
        assertThat(FileNames.table(directory, 7).getFileName()).hasToString("000007.sst");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsWrittenIsRead(boolean mapped) {
        Path path = directory.resolve("000001.sst");
        byte[] data = new byte[700_000];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (i * 31 >>> 3);
        }
        try (WritableFile file = WritableFile.create(path)) {
            file.append(data, 0, 300_000);
            file.append(ByteBuffer.wrap(data, 300_000, 400_000));
            assertThat(file.position()).isEqualTo(700_000);
            file.force();
        }
        try (ReadableFile file = ReadableFile.open(path, mapped)) {
            assertThat(file.isMapped()).isEqualTo(mapped);
            assertThat(file.read(0, data.length)).isEqualTo(data);
            assertThat(file.read(299_990, 20)).isEqualTo(Arrays.copyOfRange(data, 299_990, 300_010));
            file.releaseHandle();
            assertThat(file.read(5, 1)).isEqualTo(new byte[] {data[5]});
            assertThatThrownBy(() -> file.read(699_999, 2)).isInstanceOf(CorruptionException.class);
            assertThatThrownBy(() -> file.read(0, Integer.MAX_VALUE)).isInstanceOf(CorruptionException.class);
            assertThatThrownBy(() -> file.read(-1, 1)).isInstanceOf(CorruptionException.class);
        }
    }

    @Test
    void anInterruptedThreadWritesAndReadsAndStaysInterrupted() {
        Path path = directory.resolve("000001.wal");
        try (WritableFile file = WritableFile.create(path)) {
            Thread.currentThread().interrupt();
            file.append(new byte[] {1, 2, 3}, 0, 3);
            file.force();
            try (ReadableFile reader = ReadableFile.open(path, false)) {
                assertThat(reader.read(0, 3)).isEqualTo(new byte[] {1, 2, 3});
            }
            assertThat(Thread.interrupted()).isTrue();
            file.append(new byte[] {4}, 0, 1);
            assertThat(file.position()).isEqualTo(4);
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void interruptsAtAnyMomentLoseNothing() throws InterruptedException {
        Path path = directory.resolve("000002.wal");
        byte[] chunk = new byte[64 * 1024];
        AtomicReference<Throwable> failure = new AtomicReference<>();
        int rounds = 400;
        try (WritableFile file = WritableFile.create(path)) {
            file.append(chunk, 0, chunk.length);
            try (ReadableFile reader = ReadableFile.open(path, false)) {
                Thread worker = new Thread(() -> {
                    try {
                        byte[] target = new byte[chunk.length];
                        for (int i = 0; i < rounds; i++) {
                            Arrays.fill(chunk, (byte) i);
                            file.append(chunk, 0, chunk.length);
                            reader.read(0, target, 0, target.length);
                        }
                    } catch (RuntimeException e) {
                        failure.set(e);
                    }
                });
                worker.start();
                while (worker.isAlive()) {
                    worker.interrupt();
                    Thread.onSpinWait();
                }
                worker.join();
            }
            assertThat(failure.get()).isNull();
            assertThat(file.position()).isEqualTo((rounds + 1L) * chunk.length);
        }
        try (ReadableFile file = ReadableFile.open(path, true)) {
            for (int i = 0; i < rounds; i++) {
                Arrays.fill(chunk, (byte) i);
                assertThat(file.read((i + 1L) * chunk.length, chunk.length)).isEqualTo(chunk);
            }
        }
    }

    @Test
    void preallocatedRoomIsZeroMappableAndCutAgain() {
        Path path = directory.resolve("000003.wal");
        try (WritableFile file = WritableFile.create(path)) {
            file.preallocate(0, 300_000);
            assertThat(StoreDirectory.size(path)).isEqualTo(300_000);
            assertThat(file.position()).isZero();
            file.map(0, 4096).put(10, (byte) 42);
            file.position(11);
            file.append(new byte[] {43}, 0, 1);
            file.truncate(12);
            file.force();
        }
        try (ReadableFile file = ReadableFile.open(path, true)) {
            assertThat(file.size()).isEqualTo(12);
            assertThat(file.read(9, 3)).isEqualTo(new byte[] {0, 42, 43});
        }
    }

    @Test
    void errorsNameTheFile() {
        Path missing = directory.resolve("000009.sst");
        assertThatThrownBy(() -> ReadableFile.open(missing, true)).isInstanceOf(StorageUnavailableException.class)
                .hasMessageContaining("000009.sst");
        WritableFile file = WritableFile.create(missing);
        file.close();
        file.close();
        assertThatThrownBy(() -> file.append(new byte[1], 0, 1)).isInstanceOf(StorageUnavailableException.class);
        assertThatThrownBy(() -> WritableFile.create(missing)).isInstanceOf(StorageUnavailableException.class);
        assertThat(IoErrors.isOutOfSpace(new IOException("No space left on device"))).isTrue();
        assertThat(IoErrors.isOutOfSpace(new IOException((String) null))).isFalse();
    }

    @Test
    void renameReplacesAndDeleteIsIdempotent() {
        StoreDirectory home = StoreDirectory.create(directory.resolve("s"));
        Path current = FileNames.current(home.path());
        for (int i = 0; i < 2; i++) {
            try (WritableFile file = WritableFile.create(FileNames.temporary(current))) {
                file.append(new byte[] {(byte) i}, 0, 1);
            }
            home.rename(FileNames.temporary(current), current);
        }
        assertThat(home.list()).containsExactly(current);
        try (ReadableFile file = ReadableFile.open(current, true)) {
            assertThat(file.read(0, 1)).isEqualTo(new byte[] {1});
        }
        assertThat(StoreDirectory.delete(current)).isTrue();
        assertThat(StoreDirectory.delete(current)).isFalse();
    }
}
