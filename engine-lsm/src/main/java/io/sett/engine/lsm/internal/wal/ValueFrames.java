// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.wal;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.Damage;
import io.sett.engine.lsm.internal.base.ValuePointer;
import io.sett.engine.lsm.internal.io.ReadableFile;
import java.util.UUID;
import java.util.zip.CRC32C;

/** Reads and makes the frames that hold values, in logs and in files of the value log. */
public final class ValueFrames {

    /** A longer part is read apart from its header rather than copied. */
    private static final int COPIED = 64 * 1024;

    private ValueFrames() {
    }

    /** What mixes store and file into the frames of a file. */
    public static long salt(UUID store, long file) {
        return LogWriter.salt(store, file);
    }

    /** Puts a frame around a part of a value that lies at {@code at + FRAME_HEADER}; returns its end. */
    public static int seal(byte[] buffer, int at, int length, long salt, CRC32C crc) {
        return LogFrame.seal(buffer, at, LogFrame.VALUE, length, salt, crc);
    }

    /**
     * Reads the stored bytes of a value and checks each part.
     *
     * @throws io.sett.api.error.CorruptionException when they are not what was written
     */
    public static void read(ReadableFile file, long salt, long offset, int length, byte[] target, int targetOffset) {
        CRC32C crc = new CRC32C();
        for (int done = 0, parts = 0; done < length; parts++) {
            int part = Math.min(length - done, ValuePointer.PART);
            long at = offset + (long) parts * (ValuePointer.PART + ValuePointer.FRAME) - ValuePointer.FRAME_HEADER;
            readPart(file, salt, at, part, target, targetOffset + done, crc);
            done += part;
        }
    }

    private static void readPart(ReadableFile file, long salt, long at, int length, byte[] target, int targetOffset,
            CRC32C crc) {
        int lengthAndType;
        int expected;
        int sum;
        if (file.isMapped() || length > COPIED) {
            lengthAndType = file.readInt(at);
            expected = file.readInt(at + 4);
            sum = file.readInt(at + 8);
            file.read(at + ValuePointer.FRAME_HEADER, target, targetOffset, length);
        } else {
            byte[] frame = file.read(at, ValuePointer.FRAME_HEADER + length);
            lengthAndType = Bytes.getInt(frame, 0);
            expected = Bytes.getInt(frame, 4);
            sum = Bytes.getInt(frame, 8);
            System.arraycopy(frame, ValuePointer.FRAME_HEADER, target, targetOffset, length);
        }
        if (!LogFrame.isValue(lengthAndType, expected, sum, length, salt)) {
            throw Damage.at(file.path(), at, "there is no value of " + length + " bytes");
        }
        crc.reset();
        crc.update(target, targetOffset, length);
        if ((int) crc.getValue() != expected) {
            throw Damage.at(file.path(), at, "checksum of a value is " + Integer.toHexString((int) crc.getValue())
                    + ", stored is " + Integer.toHexString(expected));
        }
    }
}
