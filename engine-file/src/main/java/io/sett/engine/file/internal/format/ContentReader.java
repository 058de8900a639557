// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Reads content in checked chunks: bytes of a damaged chunk are never handed out. Holds one chunk and a piece of the
 * table of checksums in memory, at most 136 KiB; a file of one chunk is read at once when it is opened. For one thread.
 */
public final class ContentReader implements AutoCloseable {

    /** Bytes of the table of checksums that are read at once. */
    private static final int TABLE_PIECE = 8192;
    private static final int SMALL_FILE = (int) Footer.fileLength(Footer.CHUNK);

    private final Path path;
    private final FileChannel channel;
    private final Footer footer;
    private final byte[] chunk;
    private long chunkIndex = -1;
    private int chunkLength;
    private ByteBuffer table = ByteBuffer.allocate(0);
    private long tableFrom = -1;

    private ContentReader(Path path, FileChannel channel, Footer footer, byte[] chunk) {
        this.path = path;
        this.channel = channel;
        this.footer = footer;
        this.chunk = chunk;
    }

    /**
     * Takes an open file and checks its footer and the table of checksums; closes it when that fails.
     *
     * @param path for messages
     */
    public static ContentReader of(FileChannel channel, Path path) throws IOException {
        boolean fine = false;
        try {
            long size = channel.size();
            ContentReader reader = size <= SMALL_FILE ? small(channel, (int) size, path) : large(channel, path);
            fine = true;
            return reader;
        } finally {
            if (!fine) {
                channel.close();
            }
        }
    }

    /** The footer of an open file. */
    public static Footer footer(FileChannel channel, Path path) throws IOException {
        long size = channel.size();
        byte[] end = new byte[(int) Math.min(Footer.LENGTH, size)];
        readFully(channel, ByteBuffer.wrap(end), size - end.length, path);
        return Footer.decode(end, size, path);
    }

    private static ContentReader small(FileChannel channel, int size, Path path) throws IOException {
        byte[] whole = new byte[size];
        readFully(channel, ByteBuffer.wrap(whole), 0, path);
        Footer footer = Footer.decode(Arrays.copyOfRange(whole, Math.max(0, size - Footer.LENGTH), size), size, path);
        ContentReader reader = new ContentReader(path, channel, footer, whole);
        int length = (int) footer.contentLength();
        int entries = (int) Footer.chunks(length) * Integer.BYTES;
        byte[] checksums = Arrays.copyOfRange(whole, length, length + entries);
        reader.requireTable(Footer.crc(checksums, entries));
        if (length > 0) {
            int expected = ByteBuffer.wrap(checksums).order(ByteOrder.LITTLE_ENDIAN).getInt();
            reader.requireChunk(0, whole, 0, length, expected);
            reader.chunkIndex = 0;
            reader.chunkLength = length;
        }
        return reader;
    }

    private static ContentReader large(FileChannel channel, Path path) throws IOException {
        ContentReader reader = new ContentReader(path, channel, footer(channel, path), new byte[Footer.CHUNK]);
        reader.checkTable();
        return reader;
    }

    /** The table is checked in pieces, so that a footer with an absurd length allocates nothing large. */
    private void checkTable() throws IOException {
        CRC32C crc = new CRC32C();
        long end = Footer.chunks(footer.contentLength()) * Integer.BYTES;
        for (long at = 0; at < end; at += TABLE_PIECE) {
            loadTable(at);
            crc.update(table.array(), 0, table.limit());
        }
        requireTable((int) crc.getValue());
    }

    private void requireTable(int crc) {
        if (crc != footer.tableCrc()) {
            throw Footer.damaged(path, footer.contentLength(), "its table of chunk checksums does not match");
        }
    }

    private void loadTable(long from) throws IOException {
        tableFrom = -1;
        long left = Footer.chunks(footer.contentLength()) * Integer.BYTES - from;
        int length = (int) Math.min(TABLE_PIECE, left);
        if (table.capacity() < length) {
            table = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        }
        table.clear().limit(length);
        readFully(channel, table, footer.contentLength() + from, path);
        tableFrom = from;
    }

    private int checksum(long index) throws IOException {
        long at = index * Integer.BYTES;
        if (tableFrom < 0 || at < tableFrom || at >= tableFrom + table.limit()) {
            loadTable(at - at % TABLE_PIECE);
        }
        return table.getInt((int) (at - tableFrom));
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
        long index = position / Footer.CHUNK;
        int inChunk = (int) (position % Footer.CHUNK);
        if (index != chunkIndex) {
            int whole = lengthOf(index);
            if (inChunk == 0 && length >= whole) {
                load(index, target, offset, whole);
                return whole;
            }
            chunkIndex = -1;
            chunkLength = whole;
            load(index, chunk, 0, whole);
            chunkIndex = index;
        }
        int count = Math.min(length, chunkLength - inChunk);
        System.arraycopy(chunk, inChunk, target, offset, count);
        return count;
    }

    private int lengthOf(long index) {
        return (int) Math.min(Footer.CHUNK, footer.contentLength() - index * Footer.CHUNK);
    }

    private void load(long index, byte[] target, int offset, int length) throws IOException {
        readFully(channel, ByteBuffer.wrap(target, offset, length), index * Footer.CHUNK, path);
        requireChunk(index, target, offset, length, checksum(index));
    }

    /** Bytes that do not match are wiped out. */
    private void requireChunk(long index, byte[] bytes, int offset, int length, int expected) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        if ((int) crc.getValue() != expected) {
            Arrays.fill(bytes, offset, offset + length, (byte) 0);
            throw Footer.damaged(path, index * Footer.CHUNK,
                    "the " + length + " bytes from there on do not match their checksum");
        }
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
