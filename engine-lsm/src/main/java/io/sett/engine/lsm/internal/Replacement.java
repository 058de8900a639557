// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.common.ProgressListener;
import io.sett.api.error.CorruptionException;
import io.sett.api.event.EventType;
import io.sett.api.kv.RepairReport;
import io.sett.engine.lsm.internal.io.StoreDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Puts a repaired store into the place of a damaged one, by names alone, so that it can be broken off anywhere:
 * {@code store.repairing-1} is being written, {@code store.repaired} is complete, {@code store.damaged-1} is what was
 * there before. Nothing is deleted. For the thread that opens.
 */
final class Replacement {

    private final Path store;
    private final Path repaired;

    Replacement(Path store) {
        this.store = store.toAbsolutePath().normalize();
        this.repaired = beside("repaired");
    }

    private Path beside(String word) {
        return store.resolveSibling(store.getFileName() + "." + word);
    }

    /** A name of this kind that is free. */
    private Path free(String word) {
        int number = 1;
        while (Files.exists(beside(word + "-" + number))) {
            number++;
        }
        return beside(word + "-" + number);
    }

    /** Ends a replacement that was broken off when the damaged store had been moved away already. */
    void finish() {
        if (!Files.exists(store) && Files.exists(repaired)) {
            rename(repaired, store);
        }
    }

    /** Repairs and replaces. */
    void run(CorruptionException reason, StoreEvents events, ProgressListener progress) {
        String report = "completed from an earlier opening";
        if (!Files.exists(repaired)) {
            Path target = free("repairing");
            RepairReport done = StoreRepair.run(store, target, progress);
            report = done.entries() + " versions of keys saved, " + done.lost().size() + " ranges lost, "
                    + done.problems();
            rename(target, repaired);
        }
        Path damaged = free("damaged");
        rename(store, damaged);
        rename(repaired, store);
        events.tell(EventType.REPAIRED, "the store was damaged (" + reason.getMessage() + ") and has been repaired; "
                + "what it was is kept in " + damaged, Map.of("damaged", damaged, "report", report));
    }

    private void rename(Path from, Path to) {
        StoreDirectory.of(store.resolveSibling(".").normalize()).rename(from, to);
    }
}
