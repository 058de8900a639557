// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Reads content in checked chunks: bytes of a damaged chunk are never handed out. Holds one chunk in memory. For one
 * thread.
 */
public final class ContentReader implements AutoCloseable {

    private final Path path;
    private final FileChannel channel;
    private final Footer footer;
    private final byte[] chunk;
    private long chunkIndex = -1;
    private int chunkLength;

    private ContentReader(Path path, FileChannel channel, Footer footer) {
        this.path = path;
        this.channel = channel;
        this.footer = footer;
        this.chunk = new byte[(int) Math.min(Footer.CHUNK, footer.contentLength())];
    }

    /** Opens a file and checks its footer and the table of checksums. */
    public static ContentReader open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        boolean fine = false;
        try {
            Footer footer = footer(channel, path);
            ContentReader reader = new ContentReader(path, channel, footer);
            reader.checkTable();
            fine = true;
            return reader;
        } finally {
            if (!fine) {
                channel.close();
            }
        }
    }

    /** The footer of a file. */
    public static Footer readFooter(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return footer(channel, path);
        }
    }

    private static Footer footer(FileChannel channel, Path path) throws IOException {
        long size = channel.size();
        byte[] end = new byte[(int) Math.min(Footer.LENGTH, size)];
        readFully(channel, ByteBuffer.wrap(end), size - end.length, path);
        return Footer.decode(end, size, path);
    }

    /** The table is checked in pieces, so that a footer with an absurd length allocates nothing large. */
    private void checkTable() throws IOException {
        CRC32C crc = new CRC32C();
        long at = footer.contentLength();
        long left = Footer.chunks(footer.contentLength()) * Integer.BYTES;
        byte[] piece = new byte[(int) Math.min(8192, left)];
        while (left > 0) {
            int step = (int) Math.min(piece.length, left);
            readFully(channel, ByteBuffer.wrap(piece, 0, step), at, path);
            crc.update(piece, 0, step);
            at += step;
            left -= step;
        }
        if ((int) crc.getValue() != footer.tableCrc()) {
            throw Footer.damaged(path, footer.contentLength(), "its table of chunk checksums does not match");
        }
    }

    /** What the footer says. */
    public Footer footer() {
        return footer;
    }

    /** Copies content from a position on; at least one byte unless the length is 0 or the position is the end. */
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        if (position >= footer.contentLength()) {
            return -1;
        }
        load(position / Footer.CHUNK);
        int inChunk = (int) (position % Footer.CHUNK);
        int count = Math.min(length, chunkLength - inChunk);
        System.arraycopy(chunk, inChunk, target, offset, count);
        return count;
    }

    private void load(long index) throws IOException {
        if (index == chunkIndex) {
            return;
        }
        chunkIndex = -1;
        long start = index * Footer.CHUNK;
        chunkLength = (int) Math.min(Footer.CHUNK, footer.contentLength() - start);
        readFully(channel, ByteBuffer.wrap(chunk, 0, chunkLength), start, path);
        ByteBuffer expected = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(channel, expected, footer.contentLength() + index * Integer.BYTES, path);
        if (expected.getInt(0) != Footer.crc(chunk, chunkLength)) {
            Arrays.fill(chunk, (byte) 0);
            throw Footer.damaged(path, start, "the " + chunkLength + " bytes from there on do not match their checksum");
        }
        chunkIndex = index;
    }

    private static void readFully(FileChannel channel, ByteBuffer target, long position, Path path) throws IOException {
        long at = position;
        while (target.hasRemaining()) {
            int count = channel.read(target, at);
            if (count < 0) {
                throw Footer.damaged(path, at, "it ends there, " + target.remaining() + " bytes too early");
            }
            at += count;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
