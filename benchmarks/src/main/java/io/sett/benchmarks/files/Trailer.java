// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.Arrays;

/** What lies behind the content of a file that was written by hand; checks pieces in their order. */
final class Trailer {

    private static final int SHA_LENGTH = 32;

    private final long contentLength;
    private final ByteBuffer table;
    private final byte[] sha;
    private final MessageDigest digest;

    private Trailer(long contentLength, ByteBuffer table, byte[] sha) {
        this.contentLength = contentLength;
        this.table = table;
        this.sha = sha;
        this.digest = sha.length == 0 ? null : Checksums.sha256();
    }

    static Trailer read(FileChannel channel, Check check) throws IOException {
        long size = channel.size();
        if (check == Check.NONE) {
            return new Trailer(size, ByteBuffer.allocate(0), new byte[0]);
        }
        long length = bytes(channel, size - Long.BYTES, Long.BYTES).getLong();
        byte[] rest = bytes(channel, length, (int) (size - Long.BYTES - length)).array();
        int sha = check == Check.CRC_AND_SHA ? SHA_LENGTH : 0;
        return new Trailer(length, ByteBuffer.wrap(rest, 0, rest.length - sha),
                Arrays.copyOfRange(rest, rest.length - sha, rest.length));
    }

    private static ByteBuffer bytes(FileChannel channel, long from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            channel.read(buffer, from + buffer.position());
        }
        return buffer.flip();
    }

    long contentLength() {
        return contentLength;
    }

    void require(byte[] bytes, int offset, int count) throws IOException {
        if (table.capacity() > 0 && table.getInt() != Checksums.crc(bytes, offset, count)) {
            throw new IOException("a piece does not match its checksum");
        }
        if (digest != null) {
            digest.update(bytes, offset, count);
        }
    }

    void requireWhole() throws IOException {
        if (digest != null && !Arrays.equals(digest.digest(), sha)) {
            throw new IOException("the content does not match its SHA-256");
        }
    }
}
