// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.common.Slice;
import io.sett.api.error.ClosedException;
import io.sett.api.kv.KVStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a point lookup holds is used again by the next one, which must not show. */
class LookupReuseTest {

    private static final byte[] OUTER = {1};
    private static final byte[] INNER = {2};

    @TempDir
    Path root;

    @Test
    void aReadWithinAReadSeesItsOwnValue() {
        try (KVStore store = LsmOpenTest.open(root, LsmOpenTest.TINY)) {
            store.put(OUTER, new byte[] {10});
            store.put(INNER, new byte[] {20});
            for (int i = 0; i < 3; i++) {
                int seen = store.read(OUTER, outer -> {
                    int inner = store.read(INNER, slice -> (int) slice.get(0)).orElseThrow();
                    assertThat(store.get(INNER)).contains(new byte[] {20});
                    return outer.get(0) * 100 + inner;
                }).orElseThrow();
                assertThat(seen).isEqualTo(1020);
            }
        }
    }

    @Test
    void aSliceThatWasKeptIsDeadHoweverManyReadsFollow() {
        try (KVStore store = LsmOpenTest.open(root, LsmOpenTest.TINY)) {
            store.put(OUTER, new byte[] {10});
            List<Slice> kept = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                store.read(OUTER, slice -> kept.add(slice));
            }
            assertThatThrownBy(() -> store.read(OUTER, slice -> {
                throw new IllegalStateException("the reader's own");
            })).hasMessage("the reader's own");
            store.read(OUTER, slice -> {
                assertThat(slice.get(0)).isEqualTo((byte) 10);
                for (Slice old : kept) {
                    assertThatThrownBy(() -> old.get(0)).isInstanceOf(ClosedException.class);
                }
                return true;
            });
        }
    }
}
