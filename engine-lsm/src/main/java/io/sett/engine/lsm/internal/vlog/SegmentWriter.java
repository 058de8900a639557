// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.vlog;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.ValuePointer;
import io.sett.engine.lsm.internal.codec.FileHeader;
import io.sett.engine.lsm.internal.io.FileNames;
import io.sett.engine.lsm.internal.io.WritableFile;
import io.sett.engine.lsm.internal.wal.ValueFrames;
import java.nio.file.Path;
import java.util.UUID;
import java.util.zip.CRC32C;

/** Writes a file of the value log, value by value. What {@link #force} has made durable may be read. One thread. */
public final class SegmentWriter implements AutoCloseable {

    /** Kind in the file header. */
    static final String KIND = "VLOG";
    static final int FORMAT_VERSION = 1;

    private static final int BUFFER = 512 * 1024;

    private final WritableFile file;
    private final long id;
    private final long salt;
    private final CRC32C crc = new CRC32C();
    private byte[] buffer = new byte[64 * 1024];
    private int filled;
    private long written;

    private SegmentWriter(WritableFile file, long id, long salt) {
        this.file = file;
        this.id = id;
        this.salt = salt;
    }

    /** A new file; its name is durable when the directory has been forced, which is left to the caller. */
    public static SegmentWriter create(Path directory, UUID store, long id, long createdMillis) {
        SegmentWriter writer = new SegmentWriter(WritableFile.create(FileNames.valueLog(directory, id)), id,
                ValueFrames.salt(store, id));
        byte[] header = new FileHeader(KIND, FORMAT_VERSION, store, id, createdMillis, 0).encode();
        System.arraycopy(header, 0, writer.buffer, 0, header.length);
        writer.filled = header.length;
        return writer;
    }

    /** Adds the stored bytes of a value; the answer is where its first byte will be. */
    public long append(byte[] stored, int length) {
        long first = length();
        for (int done = 0; done < length; ) {
            int part = Math.min(length - done, ValuePointer.PART);
            int size = part + ValuePointer.FRAME;
            if (filled > 0 && filled + size > BUFFER) {
                flush();
            }
            buffer = Bytes.atLeast(buffer, filled + size);
            System.arraycopy(stored, done, buffer, filled + ValuePointer.FRAME_HEADER, part);
            filled = ValueFrames.seal(buffer, filled, part, salt, crc);
            done += part;
        }
        return first + ValuePointer.FRAME_HEADER;
    }

    private void flush() {
        file.append(buffer, 0, filled);
        written += filled;
        filled = 0;
    }

    /** Makes all that was added durable. */
    public void force() {
        flush();
        file.force();
    }

    /** Number of the file. */
    public long id() {
        return id;
    }

    /** Bytes that were added, header included. */
    public long length() {
        return written + filled;
    }

    /** Closes the file; what was not forced may be missing. */
    @Override
    public void close() {
        file.close();
    }
}
