// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.error.CorruptionException;
import io.sett.api.error.FormatVersionException;
import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.ValuePointer;
import io.sett.engine.lsm.internal.codec.ByteReader;
import io.sett.engine.lsm.internal.codec.ByteWriter;
import io.sett.engine.lsm.internal.codec.Checksums;
import io.sett.engine.lsm.internal.codec.FileHeader;
import io.sett.engine.lsm.internal.io.FileNames;
import io.sett.engine.lsm.internal.io.StoreDirectory;
import io.sett.engine.lsm.internal.table.ValueReferences;
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

/** The manifest on disk: whole, torn, damaged, rewritten, of a newer format. */
class ManifestTest {

    private static final UUID STORE = new UUID(7, 9);

    @TempDir
    Path path;

    private final List<Long> obsolete = new ArrayList<>();

    static FileMetadata file(long id, int level, String low, String high) {
        return new FileMetadata(id, level, 1000 + id, InternalKey.encode(low.getBytes(), 9, 1),
                InternalKey.encode(high.getBytes(), 3, 0), 3, 9, 10, 2, 1234567890123L);
    }

    private VersionSet create() {
        return VersionSet.create(StoreDirectory.of(path), STORE, 0, obsolete::add);
    }

    private VersionSet load() {
        return VersionSet.load(StoreDirectory.of(path), false, obsolete::add).orElseThrow();
    }

    private static VersionEdit add(FileMetadata file) {
        return VersionEdit.builder().addFile(file).build();
    }

    @Test
    void editsComeBack() {
        VersionEdit edit = VersionEdit.builder().addFile(file(5, 1, "a", "b")).addFile(file(6, 0, "", "zz"))
                .addFile(file(7, 2, "c", "d").withPerishable(new Perishable(3, 4, 1L << 41, 1L << 42)))
                .deleteFile(3, 77).addLog(8).addLog(9).minLog(8).nextFileId(10).flushedVersion(1L << 40).build();
        ByteWriter out = new ByteWriter(10);
        EditCodec.write(edit, out);
        assertThat(EditCodec.read(new ByteReader(out.array(), 0, out.length(), path, 0))).isEqualTo(edit);
    }

    private static ValueReferences references(long... segmentsAndLengths) {
        ValueReferences.Counter counter = new ValueReferences.Counter();
        for (int i = 0; i < segmentsAndLengths.length; i += 2) {
            int length = (int) segmentsAndLengths[i + 1];
            byte[] bytes = new byte[ValuePointer.encodedLength(length, 0, length)];
            ValuePointer.write(bytes, 0, length, 0, length);
            ValuePointer.place(bytes, 0, segmentsAndLengths[i], 64);
            ValuePointer pointer = new ValuePointer();
            assertThat(pointer.parse(bytes, 0, bytes.length)).isTrue();
            counter.add(pointer);
        }
        return counter.toReferences();
    }

    private static FileMetadata file(long id, long... segmentsAndLengths) {
        return file(id, 1, "a" + id, "a" + id + "z").withReferences(references(segmentsAndLengths));
    }

    @Test
    void valueLogFilesAndReferencesComeBack() {
        VersionEdit edit = VersionEdit.builder().addFile(file(5, 9, 100, 7, 50, 9, 1000)).addFile(file(6, 0, "c", "d"))
                .addSegment(new SegmentMetadata(7, 4096, true, 5)).addSegment(new SegmentMetadata(9, 1L << 31, false, 6))
                .deleteSegment(3).build();
        ByteWriter out = new ByteWriter(10);
        EditCodec.write(edit, out);
        assertThat(EditCodec.read(new ByteReader(out.array(), 0, out.length(), path, 0))).isEqualTo(edit);
        ByteWriter golden = new ByteWriter(10);
        EditCodec.write(VersionEdit.builder().addSegment(new SegmentMetadata(7, 4096, true, 5)).deleteSegment(3).build(),
                golden);
        assertThat(HexFormat.of().formatHex(golden.toByteArray())).isEqualTo("08078020010509037f");
        ByteWriter counted = new ByteWriter(10);
        references(9, 100, 7, 50, 9, 1000).encode(counted);
        assertThat(HexFormat.of().formatHex(counted.toByteArray())).isEqualTo("0207013f0902e608");
    }

    @Test
    void aValueLogFileLeavesWhenNoTableRefersToItAndIsDeletedWhenNoOlderVersionIsHeld() {
        List<Long> segments = new ArrayList<>();
        try (VersionSet set = create()) {
            set.obsoleteSegmentsTo(segments::add);
            set.apply(VersionEdit.builder().addFile(file(10, 7, 100)).addSegment(new SegmentMetadata(7, 500, true, 0))
                    .addSegment(new SegmentMetadata(8, 500, true, 0)).build());
            assertThat(set.peek().segments()).extracting(SegmentMetadata::id).containsExactly(7L);
            assertThat(segments).containsExactly(8L);
            Version held = set.acquire();
            set.keep(11);
            set.apply(VersionEdit.builder().deleteFile(1, 10).addFile(file(12, 9, 1))
                    .addSegment(new SegmentMetadata(9, 100, false, 0)).addSegment(new SegmentMetadata(11, 70, false, 0))
                    .build());
            assertThat(set.peek().segments()).extracting(SegmentMetadata::id).containsExactly(9L, 11L);
            assertThat(set.peek().references()).isEqualTo(references(9, 1));
            assertThat(segments).containsExactly(8L);
            held.release();
            assertThat(segments).containsExactly(8L, 7L);
            set.letGo(11);
        }
        try (VersionSet set = load()) {
            assertThat(set.peek().segments()).extracting(SegmentMetadata::id).containsExactly(9L, 11L);
            assertThat(set.peek().references()).isEqualTo(references(9, 1));
            set.apply(add(file(13, 9, 4)));
            assertThat(set.peek().segments()).extracting(SegmentMetadata::id).containsExactly(9L);
            assertThat(set.peek().segmentBytes()).isEqualTo(100);
        }
    }

    @Test
    void damagedEditsAreRefused() {
        ByteWriter out = new ByteWriter(10);
        EditCodec.write(VersionEdit.builder().addFile(file(5, 1, "a", "b")).addLog(300).build(), out);
        long seed = Long.getLong("sett.seed", 3);
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = out.toByteArray();
            for (int n = random.nextInt(3); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            int length = random.nextInt(bytes.length + 1);
            try {
                EditCodec.read(new ByteReader(bytes, 0, length, path, 0));
            } catch (CorruptionException expected) {
                refused++;
            }
        }
        assertThat(refused).as("seed %d", seed).isGreaterThan(10_000);
    }

    @Test
    void aStoreIsFoundAgain() {
        try (VersionSet set = create()) {
            assertThat(VersionSet.load(StoreDirectory.of(path), true, obsolete::add)).isPresent();
            set.apply(VersionEdit.builder().addLog(set.newFileId()).build());
            set.apply(add(file(10, 0, "a", "m")));
            set.apply(VersionEdit.builder().addFile(file(11, 0, "b", "z")).minLog(3).flushedVersion(42).build());
        }
        try (VersionSet set = load()) {
            assertThat(set.storeId()).isEqualTo(STORE);
            assertThat(set.flushedVersion()).isEqualTo(42);
            assertThat(set.liveLogs()).isEmpty();
            assertThat(set.peek().files(0)).containsExactly(file(11, 0, "b", "z"), file(10, 0, "a", "m"));
            assertThat(set.newFileId()).isEqualTo(3);
        }
    }

    @Test
    void isRewrittenWhenItIsLong() throws IOException {
        int files = 60;
        try (VersionSet set = create()) {
            for (int round = 0; round < 400; round++) {
                VersionEdit.Builder edit = VersionEdit.builder();
                if (round > 0) {
                    set.peek().files(1).forEach(edit::deleteFile);
                }
                for (int i = 0; i < files; i++) {
                    edit.addFile(file(1000 + round * 100L + i, 1, String.format("%03da", i), String.format("%03db", i)));
                }
                set.apply(edit.build());
            }
            assertThat(set.manifestId()).isGreaterThan(1);
            assertThat(set.manifestBytes()).isLessThan(2 << 20);
        }
        try (VersionSet set = load()) {
            assertThat(set.peek().files(1)).hasSize(files);
            assertThat(set.manifestId()).isGreaterThan(1);
        }
        try (var list = Files.list(path)) {
            assertThat(list).hasSize(2);
        }
    }

    @Test
    void aTornLastEditIsForgottenAtEveryByte() throws IOException {
        Path manifest = FileNames.manifest(path, 1);
        try (VersionSet set = create()) {
            set.apply(add(file(10, 0, "a", "m")));
        }
        int before = (int) Files.size(manifest);
        try (VersionSet set = load()) {
            set.apply(add(file(11, 0, "b", "z")));
        }
        byte[] whole = Files.readAllBytes(manifest);
        for (int length = before; length < whole.length; length++) {
            Files.write(manifest, Arrays.copyOf(whole, length));
            try (VersionSet set = load()) {
                assertThat(set.peek().fileCount()).as("cut at %d", length).isEqualTo(1);
            }
            assertThat(Files.size(manifest)).isEqualTo(before);
        }
        Files.write(manifest, Arrays.copyOf(Arrays.copyOf(whole, before + 20), whole.length));
        try (VersionSet set = load()) {
            assertThat(set.peek().fileCount()).isEqualTo(1);
        }
    }

    @Test
    void everyFlippedBitIsReported() throws IOException {
        Path manifest = FileNames.manifest(path, 1);
        try (VersionSet set = create()) {
            set.apply(add(file(10, 0, "a", "m")));
            set.apply(add(file(11, 0, "b", "z")));
        }
        byte[] whole = Files.readAllBytes(manifest);
        int harmless = 0;
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            Files.write(manifest, damaged);
            try (VersionSet set = load()) {
                harmless++;
                assertThat(set.peek().fileCount()).isEqualTo(1);
                assertThat(at).as("only the length or number of the last record").isGreaterThan(whole.length - 100);
            } catch (CorruptionException | FormatVersionException reported) {
                assertThat(reported).hasMessageContaining(manifest.toString());
            }
        }
        assertThat(harmless).isLessThanOrEqualTo(8);
        Path current = FileNames.current(path);
        byte[] named = Files.readAllBytes(current);
        for (int at = 0; at < named.length; at++) {
            byte[] damaged = named.clone();
            damaged[at] ^= 1;
            Files.write(current, damaged);
            assertThatThrownBy(this::load).isInstanceOf(CorruptionException.class).hasMessageContaining("CURRENT");
        }
    }

    @Test
    void aNewerFormatIsRefusedWithBothVersions() throws IOException {
        create().close();
        Path manifest = FileNames.manifest(path, 1);
        byte[] bytes = Files.readAllBytes(manifest);
        byte[] header = new FileHeader(FormatVersion.MANIFEST_KIND, FormatVersion.CURRENT + 1, STORE, 1, 0, 0).encode();
        System.arraycopy(header, 0, bytes, 0, header.length);
        Files.write(manifest, bytes);
        assertThatThrownBy(this::load).isInstanceOf(FormatVersionException.class)
                .hasMessageContaining("format version " + (FormatVersion.CURRENT + 1))
                .hasMessageContaining("1 to " + FormatVersion.CURRENT);
    }

    /** A change here is a change of the format. */
    @Test
    void goldenRecord() throws IOException {
        try (VersionSet set = create()) {
            set.apply(VersionEdit.builder().addFile(new FileMetadata(5, 0, 300, InternalKey.encode(new byte[] {'a'}, 1, 1),
                    InternalKey.encode(new byte[] {'b'}, 2, 1), 1, 2, 2, 0, 1000)).addLog(3).build());
        }
        byte[] bytes = Files.readAllBytes(FileNames.manifest(path, 1));
        HexFormat hex = HexFormat.of();
        assertThat(hex.formatHex(bytes, 0, 8)).isEqualTo("534554544d414e49");
        int first = 64;
        assertThat(hex.formatHex(bytes, first, first + 8)).isEqualTo("07000000" + "00000000");
        assertThat(hex.formatHex(bytes, first + 12, first + 19)).isEqualTo("0400" + "0502" + "0600" + "7f");
        int second = first + 19;
        String edit = "01" + "05" + "00" + "ac02" + "09" + "61" + "fffffffffffffefe" + "09" + "62" + "fffffffffffffdfe"
                + "01" + "02" + "02" + "00" + "e807" + "0303" + "0502" + "7f";
        assertThat(hex.formatHex(bytes, second + 12, bytes.length)).isEqualTo(edit);
        byte[] covered = new byte[8 + 8 + edit.length() / 2];
        Bytes.putLong(covered, 0, 1);
        System.arraycopy(bytes, second, covered, 8, 8);
        System.arraycopy(bytes, second + 12, covered, 16, edit.length() / 2);
        assertThat(Bytes.getInt(bytes, second + 8)).isEqualTo(Checksums.crc32c(covered, 0, covered.length));
        assertThat(Files.readString(FileNames.current(path))).isEqualTo("MANIFEST-000001 " + Integer.toHexString(
                Checksums.crc32c("MANIFEST-000001".getBytes(), 0, 15)) + "\n");
    }
}
