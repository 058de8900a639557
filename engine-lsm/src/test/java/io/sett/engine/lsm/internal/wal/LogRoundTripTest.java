// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.error.CorruptionException;
import io.sett.engine.lsm.internal.io.FileNames;
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

/** Writing logs and reading them back, whole, torn and damaged. */
class LogRoundTripTest {

    private static final UUID STORE = new UUID(0x0123456789abcdefL, 0x1122334455667788L);
    private static final long ID = 2;
    private static final String GOLDEN =
            "0d000010f1d47c9e90baf0ba01000201016b02007600016400e7";

    @TempDir
    Path directory;

    private static LogBatch batch(int... lengths) {
        LogBatch batch = new LogBatch(16);
        for (int i = 0; i < lengths.length; i++) {
            byte[] value = new byte[lengths[i]];
            Arrays.fill(value, (byte) (i + 1));
            batch.add(1, ("key" + i).getBytes(), value, 0, value.length);
        }
        return batch;
    }

    private static String text(LogBatch batch) {
        StringBuilder text = new StringBuilder();
        batch.forEach((kind, data, keyAt, keyLength, cellAt, cellLength) -> text.append(kind).append(' ')
                .append(new String(data, keyAt, keyLength)).append('=').append(cellLength).append(':')
                .append(Arrays.hashCode(Arrays.copyOfRange(data, cellAt, cellAt + cellLength))).append(';'));
        return text.toString();
    }

    private LogScan scan(List<String> commits) {
        return LogScanner.scan(directory, STORE, ID, (version, batch) -> commits.add(version + " " + text(batch)));
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
        return FileNames.wal(directory, ID);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void commitsOfAllSizesComeBack(boolean forced) {
        int limit = LogFrame.MAX_PAYLOAD;
        LogBatch[] batches = {batch(0), batch(1, 2, 3), batch(limit - 20), batch(limit), batch(limit + 1), batch(),
            batch(3 * limit, 5, limit), batch(5_000_000), batch(7)};
        write(forced, batches);
        List<String> commits = new ArrayList<>();
        LogScan scan = scan(commits);
        assertThat(scan.damage()).isNull();
        assertThat(scan.commits()).isEqualTo(batches.length);
        assertThat(scan.lastVersion()).isEqualTo(batches.length);
        assertThat(scan.end()).isEqualTo(scan.size());
        for (int i = 0; i < batches.length; i++) {
            assertThat(commits.get(i)).isEqualTo((i + 1) + " " + text(batches[i]));
        }
    }

    @Test
    void groupsAreWrittenAtOnceAndUnclosedLogsAreReadable() throws IOException {
        LogWriter writer = LogWriter.create(directory, STORE, ID, 0, true);
        for (int group = 0; group < 100; group++) {
            for (int i = 1; i <= 10; i++) {
                writer.add(group * 10L + i, batch(100, 1000));
            }
            writer.write(group % 3 == 0);
        }
        assertThat(Files.size(writer.path())).isEqualTo(writer.allocatedLength()).isGreaterThan(writer.length());
        List<String> commits = new ArrayList<>();
        LogScan scan = scan(commits);
        assertThat(scan.end()).isEqualTo(writer.length());
        assertThat(scan.damage()).isNull();
        assertThat(commits).hasSize(1000);
        writer.close();
        assertThat(Files.size(writer.path())).isEqualTo(writer.length());
    }

    @Test
    void aSmallLogTakesLittleSpace() throws IOException {
        LogWriter writer = LogWriter.create(directory, STORE, ID, 0, true);
        writer.add(1, batch(100));
        writer.write(true);
        assertThat(Files.size(writer.path())).isLessThanOrEqualTo(64 * 1024 + 64);
        writer.close();
        assertThat(Files.size(writer.path())).isLessThan(256);
    }

    @Test
    void goesOnBehindTheLastCommit() {
        Path file = write(true, batch(10), batch(20));
        LogScan first = scan(new ArrayList<>());
        LogWriter writer = LogWriter.resume(directory, STORE, ID, first.end(), true, false);
        writer.add(3, batch(30));
        writer.write(false);
        writer.close();
        List<String> commits = new ArrayList<>();
        assertThat(scan(commits).damage()).isNull();
        assertThat(commits).hasSize(3);
        assertThat(file).exists();
    }

    @Test
    void aTornEndIsCutAtEveryByte() throws IOException {
        LogBatch[] batches = {batch(10), batch(1500, 3), batch(20), batch(900)};
        Path file = write(false, batches);
        byte[] whole = Files.readAllBytes(file);
        List<Long> ends = new ArrayList<>();
        for (int length = 64; length <= whole.length; length++) {
            for (boolean zeros : new boolean[] {false, true}) {
                byte[] torn = Arrays.copyOf(Arrays.copyOf(whole, length), zeros ? whole.length + 1000 : length);
                Files.write(file, torn);
                List<String> commits = new ArrayList<>();
                LogScan scan = scan(commits);
                LogVerdict verdict = LogVerdict.of(List.of(scan), -1);
                assertThat(verdict.outcome()).as("cut at %d, zeros %s: %s", length, zeros, verdict)
                        .isNotEqualTo(Outcome.CORRUPT);
                assertThat(commits).hasSize((int) scan.commits());
                if (!ends.contains(scan.end())) {
                    ends.add(scan.end());
                }
                assertThat(scan.end()).isLessThanOrEqualTo(length);
            }
        }
        assertThat(ends).hasSize(batches.length + 1).isSorted();
    }

    @Test
    void everyFlippedBitInForcedRecordsIsReported() throws IOException {
        LogBatch[] batches = {batch(10), batch(700, 3), batch(20), batch(30)};
        Path file = write(true, batches);
        byte[] whole = Files.readAllBytes(file);
        // The last record is vouched for by none; the one before it by the last one.
        long lastStart = whole.length - LogFrame.size(batches[3].byteSize() + 4);
        int reported = 0;
        for (int at = 0; at < lastStart; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            Files.write(file, damaged);
            if (at < 64) {
                assertThatThrownBy(() -> scan(new ArrayList<>())).isInstanceOfAny(CorruptionException.class,
                        io.sett.api.error.FormatVersionException.class);
                continue;
            }
            LogVerdict verdict = LogVerdict.of(List.of(scan(new ArrayList<>())), -1);
            assertThat(verdict.outcome()).as("byte %d: %s", at, verdict).isEqualTo(Outcome.CORRUPT);
            assertThat(verdict.offset()).isLessThanOrEqualTo(at);
            reported++;
        }
        assertThat(reported).isGreaterThan(700);
    }

    @Test
    void noFlippedBitInventsACommit() throws IOException {
        LogBatch[] batches = {batch(10), batch(700, 3), batch(20)};
        Path file = write(false, batches);
        byte[] whole = Files.readAllBytes(file);
        List<String> expected = new ArrayList<>();
        scan(expected);
        for (int at = 64; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            Files.write(file, damaged);
            List<String> commits = new ArrayList<>();
            LogScan scan = scan(commits);
            assertThat(scan.damage()).isNotNull();
            assertThat(expected.subList(0, commits.size())).isEqualTo(commits);
        }
    }

    @Test
    void unforcedSectorsMayBeMissingInAnyOrder() throws IOException {
        LogBatch[] batches = {batch(600), batch(700), batch(800), batch(900), batch(1000)};
        Path file = write(false, batches);
        byte[] whole = Files.readAllBytes(file);
        List<String> expected = new ArrayList<>();
        scan(expected);
        long seed = Long.getLong("sett.seed", 42);
        Random random = new Random(seed);
        for (int run = 0; run < 500; run++) {
            byte[] torn = whole.clone();
            for (int sector = 0; sector < torn.length; sector += 512) {
                if (random.nextInt(3) == 0) {
                    Arrays.fill(torn, Math.max(64, sector), Math.max(64, Math.min(torn.length, sector + 512)), (byte) 0);
                }
            }
            Files.write(file, torn);
            List<String> commits = new ArrayList<>();
            LogVerdict verdict = LogVerdict.of(List.of(scan(commits)), -1);
            assertThat(verdict.outcome()).as("seed %d, run %d: %s", seed, run, verdict).isNotEqualTo(Outcome.CORRUPT);
            assertThat(expected.subList(0, commits.size())).isEqualTo(commits);
        }
    }

    @Test
    void recordsOfAnotherFileAreNoRecords() throws IOException {
        Path file = write(true, batch(10), batch(20));
        byte[] other = Files.readAllBytes(file);
        Files.delete(file);
        LogWriter writer = LogWriter.create(directory, STORE, ID + 1, 0, true);
        writer.close();
        Path mixed = FileNames.wal(directory, ID + 1);
        byte[] header = Files.readAllBytes(mixed);
        System.arraycopy(header, 0, other, 0, header.length);
        Files.write(mixed, other);
        List<String> commits = new ArrayList<>();
        LogScan scan = LogScanner.scan(directory, STORE, ID + 1, (version, batch) -> commits.add(text(batch)));
        assertThat(commits).isEmpty();
        assertThat(scan.damage()).isNotNull();
    }

    @Test
    void aLogOfAnotherStoreIsRefused() {
        write(true, batch(10));
        assertThatThrownBy(() -> LogScanner.scan(directory, new UUID(1, 2), ID, (version, batch) -> { }))
                .isInstanceOf(CorruptionException.class).hasMessageContaining("belongs to store");
    }

    @Test
    void randomBytesNeverBreakTheScanner() throws IOException {
        Path file = write(false, batch(10), batch(700, 3), batch(300_000));
        byte[] whole = Files.readAllBytes(file);
        long seed = Long.getLong("sett.seed", 7);
        Random random = new Random(seed);
        for (int run = 0; run < 300; run++) {
            byte[] bytes = whole.clone();
            for (int i = random.nextInt(20); i >= 0; i--) {
                int at = 64 + random.nextInt(1000);
                byte[] noise = new byte[random.nextInt(40)];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, bytes, at, noise.length);
            }
            Files.write(file, bytes);
            List<String> commits = new ArrayList<>();
            LogScan scan = scan(commits);
            assertThat(scan.end()).as("seed %d", seed).isBetween(64L, scan.size());
        }
    }

    /** The bytes of the package documentation: a change here is a change of the format. */
    @Test
    void goldenRecord() throws IOException {
        LogBatch batch = new LogBatch(16);
        batch.add(1, new byte[] {'k'}, new byte[] {0, 'v'}, 0, 2);
        batch.add(0, new byte[] {'d'}, new byte[0], 0, 0);
        Path file = write(true, batch, batch);
        byte[] bytes = Files.readAllBytes(file);
        assertThat(HexFormat.of().formatHex(bytes, 0, 8)).isEqualTo("53455454574c4f47");
        String payload = "01" + "00" + "02" + "01016b020076" + "00016400";
        String first = HexFormat.of().formatHex(bytes, 64, 64 + 12 + 13 + 1);
        assertThat(first).startsWith("0d000010").endsWith(payload + "e7");
        assertThat(first).isEqualTo(GOLDEN);
        assertThat(HexFormat.of().formatHex(bytes, 64 + 26 + 12, 64 + 26 + 14)).isEqualTo("025a");
    }
}
