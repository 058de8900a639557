// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.load;

import io.sett.examples.ledger.chain.BlockHeights;
import io.sett.examples.ledger.chain.ChainRules;
import io.sett.examples.ledger.chain.CheckedBlock;
import io.sett.examples.ledger.chain.CheckedBlocks;
import io.sett.examples.ledger.chain.Hash256;
import io.sett.examples.ledger.store.LedgerReader;
import io.sett.examples.ledger.store.LedgerStores;
import io.sett.examples.ledger.store.LedgerWriter;
import io.sett.examples.ledger.store.Timings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Loads block files in two passes: the first checks all of them and writes nothing, the second writes. So one bad file
 * among
 * many leaves the stores as they were. Memory: one block at a time. For one thread.
 */
public final class Loader {
    private final LedgerReader reader;
    private final LedgerWriter writer;
    private final LoadListener listener;
    private final BlockHeights heights;

    /** Makes a loader. */
    public Loader(LedgerStores stores, Timings timings, LoadListener listener) {
        this.reader = new LedgerReader(stores, timings);
        this.writer = new LedgerWriter(stores, timings, listener::stored);
        this.listener = listener;
        this.heights = new BlockHeights(this::storedHeight);
    }

    /**
     * Loads the files in this order.
     *
     * @throws io.sett.examples.ledger.chain.MalformedBlockException if one of them is bad; then nothing was written
     * @throws UncheckedIOException                                  if one of them cannot be read
     */
    public List<LoadedFile> load(List<Path> files) {
        long bytes = files.stream().mapToLong(Loader::size).sum();
        phase("Checking", bytes, () -> files.forEach(file -> walk(file, checked -> { })));
        List<LoadedFile> loaded = new ArrayList<>(files.size());
        phase("Storing", bytes, () -> {
            writer.prepare();
            files.forEach(file -> loaded.add(store(file)));
        });
        return loaded;
    }

    private void phase(String name, long bytes, Runnable work) {
        listener.begins(name, bytes);
        try {
            work.run();
        } finally {
            listener.ends();
        }
    }

    private LoadedFile store(Path file) {
        long start = System.nanoTime();
        LoadedFile[] sum = {LoadedFile.none(file)};
        walk(file, checked -> sum[0] = sum[0].plus(checked, writer.store(checked)));
        return sum[0].took(Duration.ofNanos(System.nanoTime() - start));
    }

    private void walk(Path file, Consumer<CheckedBlock> action) {
        try (CheckedBlocks blocks = CheckedBlocks.open(file, heights, ChainRules.mainNetwork())) {
            long before = 0;
            for (Optional<CheckedBlock> next = blocks.next(); next.isPresent(); next = blocks.next()) {
                action.accept(next.get());
                listener.advances(blocks.position() - before);
                before = blocks.position();
            }
        }
    }

    private OptionalInt storedHeight(Hash256 hash) {
        return reader.block(hash).map(row -> OptionalInt.of(row.height())).orElse(OptionalInt.empty());
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the block file " + file, e);
        }
    }
}
