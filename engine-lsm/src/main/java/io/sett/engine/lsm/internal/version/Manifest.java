// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.version;

import io.sett.api.error.StorageException;
import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.Damage;
import io.sett.engine.lsm.internal.codec.ByteReader;
import io.sett.engine.lsm.internal.codec.ByteWriter;
import io.sett.engine.lsm.internal.codec.Checksums;
import io.sett.engine.lsm.internal.codec.FileHeader;
import io.sett.engine.lsm.internal.io.FileNames;
import io.sett.engine.lsm.internal.io.ReadableFile;
import io.sett.engine.lsm.internal.io.StoreDirectory;
import io.sett.engine.lsm.internal.io.WritableFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The append-only list of edits from which the store is known after a restart, and the file CURRENT that names it. See
 * the package documentation for the form.
 *
 * <p>An edit counts when it has been forced. Threads: one at a time, guarded by {@link VersionSet}.
 */
final class Manifest implements AutoCloseable {

    static final int RECORD_HEADER = 12;
    private static final int MAX_RECORD = 256 << 20;

    private final StoreDirectory directory;
    private final long id;
    private final WritableFile file;
    private final ByteWriter buffer = new ByteWriter(256);
    private int sequence;

    private Manifest(StoreDirectory directory, long id, WritableFile file, int sequence) {
        this.directory = directory;
        this.id = id;
        this.file = file;
        this.sequence = sequence;
    }

    /** What reading a manifest gave. */
    record Contents(FileHeader header, long id, long end, int records) {
    }

    /**
     * Writes a new manifest that begins with this edit, and makes CURRENT name it. When it returns, a restart finds the
     * new one; when it fails, the one that CURRENT names, unless its renaming was not made durable: then either.
     */
    static Manifest create(StoreDirectory directory, FileHeader header, VersionEdit first) {
        Path path = FileNames.manifest(directory.path(), header.fileId());
        WritableFile file = WritableFile.create(path);
        boolean mayBeNamed = false;
        try {
            byte[] bytes = header.encode();
            file.append(bytes, 0, bytes.length);
            Manifest manifest = new Manifest(directory, header.fileId(), file, 0);
            manifest.append(first);
            Path current = FileNames.current(directory.path());
            Path temporary = FileNames.temporary(current);
            manifest.prepareCurrent(temporary);
            mayBeNamed = true;
            directory.rename(temporary, current);
            return manifest;
        } catch (StorageException e) {
            file.close();
            if (!mayBeNamed) {
                StoreDirectory.delete(path);
            }
            throw e;
        }
    }

    private void prepareCurrent(Path temporary) {
        StoreDirectory.delete(temporary);
        try (WritableFile named = WritableFile.create(temporary)) {
            byte[] name = currentContent(id);
            named.append(name, 0, name.length);
            named.force();
        }
        directory.force();
    }

    /** Name of the manifest, a space, the CRC32C of the name in hexadecimal, a line feed. */
    static byte[] currentContent(long id) {
        String name = String.valueOf(FileNames.manifest(Path.of(""), id).getFileName());
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        String sum = Integer.toHexString(Checksums.crc32c(bytes, 0, bytes.length));
        return (name + " " + sum + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Goes on behind the last whole record; a torn rest is cut off. */
    static Manifest resume(StoreDirectory directory, Contents contents) {
        Path path = FileNames.manifest(directory.path(), contents.id());
        WritableFile file = WritableFile.open(path, contents.end());
        try {
            if (StoreDirectory.size(path) > contents.end()) {
                file.truncate(contents.end());
                file.force();
            }
        } catch (StorageException e) {
            file.close();
            throw e;
        }
        return new Manifest(directory, contents.id(), file, contents.records());
    }

    /** Appends an edit and forces it. */
    void append(VersionEdit edit) {
        buffer.reset();
        buffer.reserve(RECORD_HEADER);
        EditCodec.write(edit, buffer);
        byte[] bytes = buffer.array();
        int length = buffer.length() - RECORD_HEADER;
        Bytes.putInt(bytes, 0, length);
        Bytes.putInt(bytes, 4, sequence);
        Bytes.putInt(bytes, 8, recordSum(bytes, 0, length, id));
        file.append(bytes, 0, buffer.length());
        file.force();
        sequence++;
    }

    /** Over length, number and payload, begun with the number of the file. */
    private static int recordSum(byte[] bytes, int at, int length, long fileId) {
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        byte[] salt = new byte[Long.BYTES];
        Bytes.putLong(salt, 0, fileId);
        crc.update(salt, 0, salt.length);
        crc.update(bytes, at, 8);
        crc.update(bytes, at + RECORD_HEADER, length);
        return (int) crc.getValue();
    }

    long id() {
        return id;
    }

    Path path() {
        return file.path();
    }

    long length() {
        return file.position();
    }

    /** Number of the manifest that CURRENT names; -1 when there is no CURRENT. */
    static long currentId(Path directory) {
        Path current = FileNames.current(directory);
        if (!StoreDirectory.exists(current)) {
            return -1;
        }
        String text;
        try (ReadableFile file = ReadableFile.open(current, false)) {
            if (file.size() > 128) {
                throw Damage.at(current, 0, "it is too long to name a manifest");
            }
            text = new String(file.read(0, (int) file.size()), StandardCharsets.US_ASCII);
        }
        int space = text.indexOf(' ');
        String name = space < 0 ? "" : text.substring(0, space);
        FileNames.Parsed parsed = FileNames.parse(current.resolveSibling(name.isEmpty() ? "x" : name)).orElse(null);
        if (parsed == null || parsed.type() != FileNames.Type.MANIFEST
                || !text.equals(new String(currentContent(parsed.number()), StandardCharsets.US_ASCII))) {
            throw Damage.at(current, 0, "it does not name a manifest");
        }
        return parsed.number();
    }

    /** Reads a manifest and hands over its edits in order. */
    static Contents read(Path directory, long id, Consumer<VersionEdit> edits) {
        Path path = FileNames.manifest(directory, id);
        try (ReadableFile file = ReadableFile.open(path, false)) {
            byte[] head = file.read(0, (int) Math.min(FileHeader.LENGTH, file.size()));
            FileHeader header = FileHeader.decode(head, FormatVersion.MANIFEST_KIND, FormatVersion.CURRENT, path);
            header.requireIdentity(header.storeId(), id, path);
            long at = FileHeader.LENGTH;
            int records = 0;
            while (true) {
                byte[] record = wholeRecord(file, at, records, id);
                if (record == null) {
                    break;
                }
                edits.accept(EditCodec.read(new ByteReader(record, RECORD_HEADER, record.length - RECORD_HEADER, path,
                        at + RECORD_HEADER)));
                at += record.length;
                records++;
            }
            if (records == 0) {
                throw Damage.at(path, at, "it has no whole record");
            }
            refuseDamage(file, at, records, id);
            return new Contents(header, id, at, records);
        }
    }

    private static byte @Nullable [] wholeRecord(ReadableFile file, long at, int number, long id) {
        if (at + RECORD_HEADER > file.size()) {
            return null;
        }
        byte[] header = file.read(at, RECORD_HEADER);
        int length = Bytes.getInt(header, 0);
        if (length <= 0 || length > MAX_RECORD || at + RECORD_HEADER + length > file.size()
                || Bytes.getInt(header, 4) != number) {
            return null;
        }
        byte[] record = file.read(at, RECORD_HEADER + length);
        return recordSum(record, 0, length, id) == Bytes.getInt(header, 8) ? record : null;
    }

    /**
     * Every record is forced before the next one is written, so only the last one can be torn. If a later record is
     * whole, or the last one has been written to its end, the bytes are damaged.
     */
    private static void refuseDamage(ReadableFile file, long at, int records, long id) {
        long rest = file.size() - at;
        if (rest <= 0) {
            return;
        }
        for (long from = at + 1; from + RECORD_HEADER <= file.size(); from++) {
            byte[] number = file.read(from + 4, Integer.BYTES);
            int found = Bytes.getInt(number, 0);
            if (found > records && found - records < 1_000_000 && wholeRecord(file, from, found, id) != null) {
                throw Damage.at(file.path(), at, "record " + records + " is damaged, record " + found + " is whole");
            }
        }
        if (rest > RECORD_HEADER) {
            byte[] tail = file.read(at, (int) Math.min(rest, 1 << 20));
            int length = Bytes.getInt(tail, 0);
            boolean ends = length == rest - RECORD_HEADER && Bytes.getInt(tail, 4) == records;
            if (ends && tail[tail.length - 1] != 0 && !hasUnwrittenSector(tail, at)) {
                throw Damage.at(file.path(), at, "record " + records + " does not match its checksum");
            }
        }
    }

    private static boolean hasUnwrittenSector(byte[] tail, long at) {
        for (int from = 0; from < tail.length; ) {
            int to = (int) Math.min(tail.length, ((at + from) / 512 + 1) * 512 - at);
            boolean zero = true;
            for (int i = from; i < to && zero; i++) {
                zero = tail[i] == 0;
            }
            if (zero) {
                return true;
            }
            from = to;
        }
        return false;
    }

    @Override
    public void close() {
        file.close();
    }
}
