// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.snapshot;

import io.sett.api.error.CorruptionException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.FormatVersionException;
import io.sett.api.error.KeyNotFoundException;
import io.sett.api.error.StorageException;
import io.sett.api.error.StorageUnavailableException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/** Reads snapshot files. Stateless. */
public final class SnapshotReader {

    private SnapshotReader() {
    }

    /**
     * Reads all entries of a file and checks everything on the way. To be sure before using the first entry, read it
     * twice.
     *
     * @return the length of the file
     */
    public static long read(Path file, Consumer<SnapshotEntry> consumer) {
        CRC32C whole = new CRC32C();
        try (DataInputStream in = new DataInputStream(
                new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16), whole))) {
            long length = Files.size(file);
            readHeader(file, in);
            long at = SnapshotFormat.HEADER;
            long entries = 0;
            for (int keyLength = in.readInt(); keyLength != 0; keyLength = in.readInt()) {
                at += readEntry(file, in, at, keyLength, length, consumer);
                entries++;
            }
            readFooter(file, in, at, entries, whole);
            return length;
        } catch (NoSuchFileException absent) {
            throw new KeyNotFoundException(ErrorCode.FILE_NOT_FOUND, "there is no cache snapshot " + file
                    + "; save one with saveSnapshot first", Map.of("file", file), absent);
        } catch (EOFException cut) {
            throw corrupted(file, -1, "it ends in the middle of an entry; it was cut");
        } catch (IOException failed) {
            throw new StorageUnavailableException(ErrorCode.STORAGE_UNAVAILABLE, "the cache snapshot " + file
                    + " could not be read: " + failed, Map.of("file", file), failed);
        }
    }

    private static void readHeader(Path file, DataInputStream in) throws IOException {
        byte[] header = in.readNBytes(SnapshotFormat.HEADER);
        ByteBuffer fields = ByteBuffer.wrap(header);
        if (header.length < SnapshotFormat.HEADER || fields.getLong() != SnapshotFormat.MAGIC) {
            throw format(file, "is no cache snapshot; it does not begin with \"SETTCSNP\"");
        }
        int version = fields.getInt();
        CRC32C crc = new CRC32C();
        crc.update(header, 0, SnapshotFormat.HEADER - Integer.BYTES);
        if ((int) crc.getValue() != fields.getInt(SnapshotFormat.HEADER - Integer.BYTES)) {
            throw corrupted(file, 0, "the checksum of its header is wrong");
        }
        if (version > SnapshotFormat.VERSION || version < 1) {
            throw format(file, "has format version " + version + ", this library reads up to "
                    + SnapshotFormat.VERSION + "; use a newer version of the library");
        }
    }

    private static long readEntry(Path file, DataInputStream in, long at, int keyLength, long fileLength,
            Consumer<SnapshotEntry> consumer) throws IOException {
        int valueLength = in.readInt();
        if (keyLength < 0 || keyLength > SnapshotFormat.MAX_KEY || valueLength < 0
                || at + SnapshotFormat.ENTRY_HEADER + keyLength + (long) valueLength > fileLength) {
            throw corrupted(file, at, "an entry has lengths " + keyLength + " and " + valueLength);
        }
        long expiry = in.readLong();
        byte[] key = new byte[keyLength];
        byte[] value = new byte[valueLength];
        in.readFully(key);
        in.readFully(value);
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(SnapshotFormat.ENTRY_HEADER).putInt(keyLength).putInt(valueLength)
                .putLong(expiry).flip());
        crc.update(key);
        crc.update(value);
        if ((int) crc.getValue() != in.readInt()) {
            throw corrupted(file, at, "the checksum of an entry is wrong");
        }
        consumer.accept(new SnapshotEntry(key, value, expiry));
        return SnapshotFormat.ENTRY_HEADER + (long) keyLength + valueLength + Integer.BYTES;
    }

    private static void readFooter(Path file, DataInputStream in, long at, long entries, CRC32C whole)
            throws IOException {
        long promised = in.readLong();
        long checksum = whole.getValue();
        boolean same = promised == entries && (int) checksum == in.readInt();
        if (!same || in.read() >= 0) {
            throw corrupted(file, at, "its footer does not fit: " + promised + " entries promised, " + entries
                    + " found");
        }
    }

    private static StorageException corrupted(Path file, long offset, String what) {
        return new CorruptionException(ErrorCode.FILE_CORRUPTED, "the cache snapshot " + file + " is damaged"
                + (offset < 0 ? "" : " at offset " + offset) + ": " + what + "; nothing was loaded",
                Map.of("file", file, "offset", offset));
    }

    private static StorageException format(Path file, String what) {
        return new FormatVersionException(ErrorCode.FORMAT_VERSION, "the file " + file + " " + what,
                Map.of("file", file));
    }
}
