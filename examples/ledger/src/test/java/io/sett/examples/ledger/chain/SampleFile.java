// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The block files that come with the example, and ways to read changed copies of them without a file. */
enum SampleFile {
    V1("block227835.dat"),
    FRAMED_ONE("block277647.framed.dat"),
    V3("block363703.dat"),
    V4("block370661.dat"),
    BIG("block481815.dat"),
    FRAMED_MANY("blocks1-256.framed.dat");

    final String fileName;

    SampleFile(String fileName) {
        this.fileName = fileName;
    }

    Path path() {
        return Path.of(System.getProperty("basedir", "."), "data", fileName);
    }

    byte[] bytes() {
        try {
            return Files.readAllBytes(path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every block of the file. */
    List<CheckedBlock> blocks() {
        try (CheckedBlocks blocks = CheckedBlocks.open(path(), new BlockHeights(), ChainRules.mainNetwork())) {
            return drain(blocks);
        }
    }

    /** Reads {@code bytes} as if they were the file {@code name}. */
    static List<CheckedBlock> read(String name, byte[] bytes, ChainRules rules) {
        BlockFileReader reader = new BlockFileReader(name, bytes.length, new ByteArrayInputStream(bytes));
        try (CheckedBlocks blocks = CheckedBlocks.over(reader, new BlockHeights(), rules)) {
            return drain(blocks);
        }
    }

    static List<CheckedBlock> read(String name, byte[] bytes) {
        return read(name, bytes, ChainRules.mainNetwork());
    }

    private static List<CheckedBlock> drain(CheckedBlocks blocks) {
        List<CheckedBlock> all = new ArrayList<>();
        for (Optional<CheckedBlock> next = blocks.next(); next.isPresent(); next = blocks.next()) {
            all.add(next.get());
        }
        return all;
    }
}
