// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Cuts a file into blocks without looking into them. Tells the two file forms apart by their first bytes: a frame
 * begins
 * with its magic; a raw block has the last four bytes of its parent's hash at offset 32, which are zero on the main
 * network
 * (no target there is easier than 32 zero bits). For one thread; to be closed.
 *
 * <p>Lengths are checked against the size of the file before anything is allocated; at most one block is in memory.
 */
final class BlockFileReader implements AutoCloseable {
    private static final String MAGIC = "f9beb4d9";
    private static final int FRAME_BYTES = 8;
    private static final int LENGTH_AT = 4;
    private static final int LEAST_BLOCK_BYTES = BlockHeader.BYTES + 1 + Transaction.LEAST_BYTES;
    private static final int PARENT_ZEROS_AT = 32;
    private static final int PARENT_ZEROS = 4;

    private final String file;
    private final long size;
    private final InputStream in;
    private long position;
    private boolean framed;

    BlockFileReader(String file, long size, InputStream in) {
        this.file = file;
        this.size = size;
        this.in = in;
    }

    static BlockFileReader open(Path path) {
        try {
            if (Files.isDirectory(path)) {
                throw new IOException(path + ": is a directory, not a block file");
            }
            long size = Files.size(path);
            return new BlockFileReader(path.toString(), size, new BufferedInputStream(Files.newInputStream(path)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the block file " + path, e);
        }
    }

    long position() {
        return position;
    }

    Optional<RawBlock> next() {
        try {
            if (position == 0) {
                framed = beginsWithFrame();
            } else if (position == size) {
                return Optional.empty();
            }
            return Optional.of(framed ? nextFrame() : wholeFile());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the block file " + file + " at byte offset " + position, e);
        }
    }

    private boolean beginsWithFrame() throws IOException {
        if (size == 0) {
            throw malformed(0, "a block", "an empty file");
        }
        int wanted = PARENT_ZEROS_AT + PARENT_ZEROS;
        in.mark(wanted);
        byte[] start = in.readNBytes(wanted);
        in.reset();
        String magic = HexFormat.of().formatHex(start, 0, Math.min(LENGTH_AT, start.length));
        if (magic.equals(MAGIC)) {
            return true;
        }
        boolean raw = start.length == wanted;
        for (int i = PARENT_ZEROS_AT; raw && i < wanted; i++) {
            raw = start[i] == 0;
        }
        if (!raw) {
            throw malformed(0, "the frame magic " + MAGIC + " or the header of a main network block",
                    start.length < wanted ? "only " + start.length + " bytes" : "a file that begins with " + magic);
        }
        return false;
    }

    private RawBlock wholeFile() throws IOException {
        if (size < LEAST_BLOCK_BYTES) {
            throw malformed(size, "a block of at least " + LEAST_BLOCK_BYTES + " bytes", "the end of the file");
        }
        if (size > ChainRules.MAX_BLOCK_BYTES) {
            throw malformed(ChainRules.MAX_BLOCK_BYTES, "the end of a raw block, which has at most "
                    + ChainRules.MAX_BLOCK_BYTES + " bytes", "a file of " + size + " bytes");
        }
        return new RawBlock(file, 0, read((int) size, "a raw block"));
    }

    private RawBlock nextFrame() throws IOException {
        long start = position;
        if (size - start < FRAME_BYTES) {
            throw malformed(start, "a frame of " + FRAME_BYTES + " bytes (magic and length)",
                    "the end of the file after " + (size - start) + " bytes");
        }
        byte[] frame = read(FRAME_BYTES, "a frame");
        String magic = HexFormat.of().formatHex(frame, 0, LENGTH_AT);
        if (!magic.equals(MAGIC)) {
            throw malformed(start, "the frame magic " + MAGIC, magic);
        }
        long length = 0;
        for (int i = FRAME_BYTES - 1; i >= LENGTH_AT; i--) {
            length = length << 8 | frame[i] & 0xff;
        }
        if (length < LEAST_BLOCK_BYTES || length > ChainRules.MAX_BLOCK_BYTES) {
            throw malformed(start + LENGTH_AT, "a block length between " + LEAST_BLOCK_BYTES + " and "
                    + ChainRules.MAX_BLOCK_BYTES, Long.toString(length));
        }
        if (length > size - position) {
            throw malformed(start + LENGTH_AT, "a block of " + length + " bytes behind the frame",
                    "only " + (size - position) + " bytes to the end of the file");
        }
        return new RawBlock(file, position, read((int) length, "a framed block"));
    }

    private byte[] read(int count, String what) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw malformed(position + bytes.length, what + " of " + count + " bytes",
                    "a file that became shorter while it was read");
        }
        position += count;
        return bytes;
    }

    private MalformedBlockException malformed(long offset, String expected, String found) {
        return new MalformedBlockException(file, offset, expected, found);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the block file " + file, e);
        }
    }
}
