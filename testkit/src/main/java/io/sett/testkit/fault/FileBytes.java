// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What the bytes of a file are when some of the changes since it was forced reached the device. Pure functions. */
final class FileBytes {

    private static final int SECTOR = 512;
    private static final int[] SHARES = {5, 50, 95};

    private FileBytes() {
    }

    /** All of them did. */
    static byte[] all(byte[] forced, List<Change> pending) {
        Bytes bytes = new Bytes(forced);
        for (Change change : pending) {
            if (change instanceof Change.Write write) {
                bytes.grow(write.end());
                bytes.write(write, write.offset(), write.end());
            } else {
                bytes.truncate(((Change.Truncate) change).length());
            }
        }
        return bytes.get();
    }

    /** Only the lengths did: zeros where the file has grown. */
    static byte[] sizes(byte[] forced, List<Change> pending) {
        Bytes bytes = new Bytes(forced);
        for (Change change : pending) {
            if (change instanceof Change.Write write) {
                bytes.grow(write.end());
            } else {
                bytes.truncate(((Change.Truncate) change).length());
            }
        }
        return bytes.get();
    }

    /**
     * Lengths reach the device in their order, up to some change; of the bytes any sectors do, but none behind the
     * length of the file.
     */
    static byte[] some(byte[] forced, List<Change> pending, Random random) {
        Bytes bytes = new Bytes(forced);
        int lengths = random.nextInt(pending.size() + 1);
        int share = SHARES[random.nextInt(SHARES.length)];
        for (int i = 0; i < pending.size(); i++) {
            if (pending.get(i) instanceof Change.Write write) {
                if (i < lengths) {
                    bytes.grow(write.end());
                }
                sectors(bytes, write, share, random);
            } else if (i < lengths) {
                bytes.truncate(((Change.Truncate) pending.get(i)).length());
            }
        }
        return bytes.get();
    }

    private static void sectors(Bytes bytes, Change.Write write, int share, Random random) {
        for (long from = write.offset(); from < write.end(); ) {
            long to = Math.min(write.end(), (from / SECTOR + 1) * SECTOR);
            if (random.nextInt(100) < share) {
                bytes.write(write, from, to);
            }
            from = to;
        }
    }

    /** Bytes that grow. */
    private static final class Bytes {

        private byte[] data;
        private int length;

        private Bytes(byte[] start) {
            data = start.clone();
            length = start.length;
        }

        private void grow(long end) {
            int size = Math.toIntExact(end);
            if (size > data.length) {
                data = Arrays.copyOf(data, Math.max(size, data.length * 2));
            }
            length = Math.max(length, size);
        }

        private void truncate(long size) {
            if (size < length) {
                Arrays.fill(data, (int) size, length, (byte) 0);
                length = (int) size;
            }
        }

        /** A part of a write, as far as the file reaches. */
        private void write(Change.Write write, long from, long to) {
            int end = (int) Math.min(to, length);
            if (from >= end) {
                return;
            }
            byte[] source = write.bytesOrNull();
            if (source == null) {
                Arrays.fill(data, (int) from, end, (byte) 0);
            } else {
                System.arraycopy(source, (int) (from - write.offset()), data, (int) from, end - (int) from);
            }
        }

        private byte[] get() {
            return Arrays.copyOf(data, length);
        }
    }
}
