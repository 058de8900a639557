// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.error.CorruptionException;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.Seeds;
import io.sett.engine.lsm.internal.base.ValueCell;
import io.sett.engine.lsm.internal.base.ValuePointer;
import io.sett.engine.lsm.internal.io.FileNames;
import io.sett.engine.lsm.internal.io.ReadableFile;
import io.sett.engine.lsm.internal.wal.LogVerdict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that stand in a log apart from the operations of their commit. */
class LogValuesTest {

    private static final UUID STORE = new UUID(0x0123456789abcdefL, 0x1122334455667788L);
    private static final long ID = 2;
    private static final int PART = ValuePointer.PART;

    @TempDir
    Path directory;

    private static byte[] value(int length, int seed) {
        byte[] value = new byte[length];
        new Random(seed).nextBytes(value);
        return value;
    }

    /** A commit of values of these lengths, 0 for one that stays with its key. */
    private static LogBatch batch(int seed, int... lengths) {
        LogBatch batch = new LogBatch(16);
        for (int i = 0; i < lengths.length; i++) {
            byte[] key = ("key" + i).getBytes();
            if (lengths[i] == 0) {
                batch.add(EntryKind.PUT, key, new byte[] {0, 'x'}, 0, 2);
            } else {
                batch.separate(key, (byte) i, 0, SeparatedValue.plain(value(lengths[i], seed + i)));
            }
        }
        return batch;
    }

    private Path write(boolean forced, LogBatch... batches) {
        LogWriter writer = LogWriter.create(directory, STORE, ID, 0, true);
        long version = 1;
        for (LogBatch batch : batches) {
            writer.add(version++, batch);
            writer.write(forced);
            if (forced) {
                writer.force();
            }
        }
        writer.close();
        assertThat(writer.hasValues()).isTrue();
        return FileNames.wal(directory, ID);
    }

    /** Scans and reads every value back through its pointer. */
    private LogScan scan(List<List<byte[]>> commits, boolean mapping) {
        try (ReadableFile file = ReadableFile.openGrowing(FileNames.wal(directory, ID), mapping)) {
            return LogScanner.scan(directory, STORE, ID, (version, batch) -> {
                List<byte[]> values = new ArrayList<>();
                batch.forEach((kind, data, keyAt, keyLength, cellAt, cellLength) -> {
                    ValueCell cell = new ValueCell();
                    assertThat(cell.parse(data, cellAt, cellLength)).isTrue();
                    if (kind == EntryKind.PUT_POINTER) {
                        values.add(read(file, data, cell));
                    }
                });
                commits.add(values);
            });
        }
    }

    private static byte[] read(ReadableFile file, byte[] data, ValueCell cell) {
        ValuePointer pointer = new ValuePointer();
        assertThat(pointer.parse(data, cell.payloadOffset(), cell.payloadLength())).isTrue();
        assertThat(pointer.segment()).isEqualTo(ID);
        byte[] value = new byte[pointer.length()];
        ValueFrames.read(file, ValueFrames.salt(STORE, ID), pointer.offset(), pointer.storedLength(), value, 0);
        return value;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void valuesOfAllSizesComeBack(boolean forced) {
        int[][] lengths = {{1}, {0, 5, 0, 1000}, {PART - 1}, {PART}, {PART + 1}, {2 * PART}, {0}, {3 * PART + 7, 1, 2000},
            {PART - 1, PART, 3}};
        LogBatch[] batches = new LogBatch[lengths.length];
        for (int i = 0; i < lengths.length; i++) {
            batches[i] = batch(i * 100, lengths[i]);
        }
        write(forced, batches);
        for (boolean mapping : new boolean[] {true, false}) {
            List<List<byte[]>> commits = new ArrayList<>();
            LogScan scan = scan(commits, mapping);
            assertThat(scan.damage()).isNull();
            assertThat(scan.end()).isEqualTo(scan.size());
            assertThat(commits).hasSize(batches.length);
            for (int i = 0; i < lengths.length; i++) {
                List<byte[]> expected = new ArrayList<>();
                for (int k = 0; k < lengths[i].length; k++) {
                    if (lengths[i][k] > 0) {
                        expected.add(value(lengths[i][k], i * 100 + k));
                    }
                }
                assertThat(commits.get(i)).usingElementComparator(Arrays::compare).isEqualTo(expected);
            }
        }
    }

    @Test
    void aTornEndIsCutAtEveryByte() throws IOException {
        LogBatch[] batches = {batch(1, 10), batch(2, 700, 0, 30), batch(3, 0), batch(4, 40, 50)};
        Path file = write(false, batches);
        byte[] whole = Files.readAllBytes(file);
        List<Long> ends = new ArrayList<>();
        for (int length = 64; length <= whole.length; length++) {
            for (boolean zeros : new boolean[] {false, true}) {
                Files.write(file, Arrays.copyOf(Arrays.copyOf(whole, length), zeros ? whole.length + 1000 : length));
                List<List<byte[]>> commits = new ArrayList<>();
                LogScan scan = scan(commits, false);
                LogVerdict verdict = LogVerdict.of(List.of(scan), -1);
                assertThat(verdict.outcome()).as("cut at %d, zeros %s: %s", length, zeros, verdict)
                        .isNotEqualTo(Outcome.CORRUPT);
                assertThat(scan.end()).isLessThanOrEqualTo(length);
                if (!ends.contains(scan.end())) {
                    ends.add(scan.end());
                }
            }
        }
        assertThat(ends).hasSize(batches.length + 1).isSorted();
    }

    @Test
    void everyFlippedBitThatALaterRecordVouchesForIsReported() throws IOException {
        LogBatch[] batches = {batch(1, 10), batch(2, 700, 3), batch(3, 20), batch(4, 30)};
        Path file = write(true, batches);
        byte[] whole = Files.readAllBytes(file);
        List<List<byte[]>> all = new ArrayList<>();
        scan(all, true);
        long lastStart = whole.length - LogFrame.size(30) - LogFrame.size(batches[3].byteSize() + 4);
        for (int at = 64; at < lastStart; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            Files.write(file, damaged);
            LogVerdict verdict = LogVerdict.of(List.of(LogScanner.scan(directory, STORE, ID, (version, batch) -> { })), -1);
            assertThat(verdict.outcome()).as("byte %d: %s", at, verdict).isEqualTo(Outcome.CORRUPT);
        }
        assertThat(all).hasSize(4);
    }

    @Test
    void aFlippedBitOfAValueIsFoundWhenItIsRead() throws IOException {
        Path file = write(true, batch(1, 500));
        byte[] whole = Files.readAllBytes(file);
        long salt = ValueFrames.salt(STORE, ID);
        for (boolean mapping : new boolean[] {true, false}) {
            for (int at = 64; at < 64 + 12 + 500; at++) {
                byte[] damaged = whole.clone();
                damaged[at] ^= (byte) (1 << at % 8);
                Path copy = directory.resolve("copy" + mapping + at);
                Files.write(copy, damaged);
                try (ReadableFile broken = ReadableFile.openGrowing(copy, mapping)) {
                    assertThatThrownBy(() -> ValueFrames.read(broken, salt, 76, 500, new byte[500], 0))
                            .as("byte %d", at).isInstanceOf(CorruptionException.class).hasMessageContaining("copy");
                }
                Files.delete(copy);
            }
        }
        try (ReadableFile good = ReadableFile.openGrowing(file, true)) {
            byte[] read = new byte[500];
            ValueFrames.read(good, salt, 76, 500, read, 0);
            assertThat(read).isEqualTo(value(500, 1));
            assertThatThrownBy(() -> ValueFrames.read(good, salt, 76, 499, new byte[500], 0))
                    .isInstanceOf(CorruptionException.class);
            assertThatThrownBy(() -> ValueFrames.read(good, salt + 1, 76, 500, new byte[500], 0))
                    .isInstanceOf(CorruptionException.class);
            assertThatThrownBy(() -> ValueFrames.read(good, salt, whole.length, 500, new byte[500], 0))
                    .isInstanceOf(CorruptionException.class).hasMessageContaining("ends at");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLogIsReadWhileItGrows(boolean mapping) {
        long seed = Seeds.next();
        Random random = new Random(seed);
        LogWriter writer = LogWriter.create(directory, STORE, ID, 0, true);
        try (ReadableFile file = ReadableFile.openGrowing(writer.path(), mapping)) {
            long salt = ValueFrames.salt(STORE, ID);
            for (int i = 1; i <= 200; i++) {
                int length = 1 + random.nextInt(i % 50 == 0 ? 3 * PART : 5000);
                long at = writer.length() + LogFrame.HEADER;
                writer.add(i, batch(i, length));
                writer.write(random.nextBoolean());
                byte[] read = new byte[length];
                ValueFrames.read(file, salt, at, length, read, 0);
                assertThat(read).as(Seeds.replay(seed)).isEqualTo(value(length, i));
            }
        }
        writer.finish();
        assertThat(writer.isForced()).isTrue();
        assertThat(writer.allocatedLength()).isEqualTo(writer.length());
        writer.close();
    }

    /** The bytes of the package documentation: a change here is a change of the format. */
    @Test
    void goldenValue() throws IOException {
        LogBatch batch = new LogBatch(16);
        batch.separate(new byte[] {'k'}, (byte) 0, 0, SeparatedValue.plain("value".getBytes()));
        byte[] bytes = Files.readAllBytes(write(true, batch));
        String value = HexFormat.of().formatHex(bytes, 64, 64 + 12 + 5 + 1);
        assertThat(value).startsWith("05000050").endsWith("76616c7565e7");
        String commit = HexFormat.of().formatHex(bytes, 64 + 18 + 12, bytes.length);
        assertThat(commit).isEqualTo("01" + "00" + "01" + "02016b0b" + "00" + "020000004c00000000" + "14" + "e7");
    }
}
