// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.store;

import java.nio.ByteBuffer;

/** Wraps stored rows. */
final class RowBuffer {
    private RowBuffer() {
    }

    /**
     * A buffer over a row.
     *
     * @throws IllegalStateException if it is not between {@code least} and {@code most} bytes long: another program or
     * an
     *         older layout wrote it
     */
    static ByteBuffer wrap(String kind, byte[] row, int least, int most) {
        if (row.length < least || row.length > most) {
            throw new IllegalStateException("row of kind " + kind + " with " + row.length + " bytes where the layout"
                    + " has " + least + (most == least ? "" : " or more") + ": the key-value store belongs to another"
                    + " program or version; choose another directory");
        }
        return ByteBuffer.wrap(row);
    }
}
