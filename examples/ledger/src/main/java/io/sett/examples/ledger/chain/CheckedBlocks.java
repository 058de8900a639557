// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The blocks of one file, one after the other, each parsed, verified and placed. For one thread; to be closed.
 *
 * <p>Holds one block at a time, however long the file is.
 */
public final class CheckedBlocks implements AutoCloseable {
    private final BlockFileReader reader;
    private final BlockHeights heights;
    private final BlockVerifier verifier;
    private final BlockParser parser = new BlockParser();

    private CheckedBlocks(BlockFileReader reader, BlockHeights heights, ChainRules rules) {
        this.reader = reader;
        this.heights = heights;
        this.verifier = new BlockVerifier(rules);
    }

    /**
     * Opens a file.
     *
     * @throws java.io.UncheckedIOException if it cannot be opened
     */
    public static CheckedBlocks open(Path file, BlockHeights heights, ChainRules rules) {
        return new CheckedBlocks(BlockFileReader.open(file), heights, rules);
    }

    static CheckedBlocks over(BlockFileReader reader, BlockHeights heights, ChainRules rules) {
        return new CheckedBlocks(reader, heights, rules);
    }

    /**
     * The next block, or nothing at the end of the file.
     *
     * @throws MalformedBlockException      if the file or the block is not valid
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public Optional<CheckedBlock> next() {
        return reader.next().map(this::check);
    }

    private CheckedBlock check(RawBlock raw) {
        Block block = parser.parse(raw);
        verifier.verify(raw, block);
        return new CheckedBlock(heights.place(raw, block), block, raw);
    }

    /** How far into the file the reader is, in bytes. */
    public long position() {
        return reader.position();
    }

    @Override
    public void close() {
        reader.close();
    }
}
