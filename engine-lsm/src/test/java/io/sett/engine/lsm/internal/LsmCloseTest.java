// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.common.StoreKind;
import io.sett.api.error.ClosedException;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.ReadOptions;
import io.sett.engine.lsm.internal.base.UseCount;
import io.sett.spi.EngineContext;
import io.sett.spi.settings.EngineSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A reader that began just before its store was closed. */
@Timeout(60)
class LsmCloseTest {

    private static final byte[] KEY = "key".getBytes(UTF_8);

    private static final int MOST_LOOKS = 20_000;

    @TempDir
    Path root;

    private OpenStore open() {
        EngineSettings settings = EngineSettings.of("test", LsmSettings.schema(), Map.of("path", ""));
        return Opening.open(EngineContext.of("test", StoreKind.KEY_VALUE, settings).withDataRoot(root));
    }

    /** Retires the last view before the store is closed, and closes it when a reader has passed the first check. */
    private static void readWhileClosing(OpenStore store, Runnable read) {
        store.views().current().retire();
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try {
                read.run();
                outcome.complete(null);
            } catch (RuntimeException | Error e) {
                outcome.completeExceptionally(e);
            }
        });
        reader.setDaemon(true);
        reader.start();
        // Compiled code may never show the frame that is looked for, so there is an end to looking.
        int looks = 0;
        while (!outcome.isDone() && ++looks < MOST_LOOKS && Arrays.stream(reader.getStackTrace())
                .noneMatch(frame -> frame.getClassName().equals(UseCount.class.getName()))) {
            Thread.onSpinWait();
        }
        store.close();
        assertThatThrownBy(outcome::get).hasCauseInstanceOf(ClosedException.class);
    }

    @Test
    void getEndsWhenTheStoreIsClosedBesideIt() {
        OpenStore store = open();
        LsmReader reader = new LsmReader(store.readParts(), LsmReader.NEWEST, true);
        readWhileClosing(store, () -> reader.get(KEY, ReadOptions.defaults()));
    }

    @Test
    void openingACursorEndsWhenTheStoreIsClosedBesideIt() {
        OpenStore store = open();
        LsmReader reader = new LsmReader(store.readParts(), LsmReader.NEWEST, true);
        readWhileClosing(store, () -> reader.cursor(CursorOptions.defaults()));
    }
}
