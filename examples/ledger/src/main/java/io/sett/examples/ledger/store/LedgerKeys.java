// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.store;

import io.sett.examples.ledger.chain.Hash256;
import io.sett.examples.ledger.chain.OutPoint;
import java.nio.ByteBuffer;

/** The keys of the key-value store; the package description has their form. */
final class LedgerKeys {
    /** Length of the first part of every key. */
    static final int KIND_BYTES = 1;

    private static final byte BLOCK = 'b';
    private static final byte HEIGHT = 'h';
    private static final byte OUTPUT = 'o';
    private static final byte SPENT = 's';
    private static final byte TRANSACTION = 't';

    private LedgerKeys() {
    }

    static byte[] block(Hash256 hash) {
        return key(BLOCK, hash.toDisplayed());
    }

    /** All block rows whose hash begins with these bytes. */
    static byte[] blocks(byte[] hashPrefix) {
        return key(BLOCK, hashPrefix);
    }

    static byte[] height(int height, Hash256 hash) {
        return ByteBuffer.allocate(KIND_BYTES + Integer.BYTES + Hash256.BYTES)
                .put(HEIGHT).putInt(height).put(hash.toDisplayed()).array();
    }

    /** All headers of a height: more than one if the chain forked there. */
    static byte[] heights(int height) {
        return ByteBuffer.allocate(KIND_BYTES + Integer.BYTES).put(HEIGHT).putInt(height).array();
    }

    static byte[] transaction(Hash256 id) {
        return key(TRANSACTION, id.toDisplayed());
    }

    /** All transaction rows whose id begins with these bytes. */
    static byte[] transactions(byte[] idPrefix) {
        return key(TRANSACTION, idPrefix);
    }

    static byte[] output(OutPoint point) {
        return outPoint(OUTPUT, point);
    }

    static byte[] spent(OutPoint point) {
        return outPoint(SPENT, point);
    }

    /** The hash at the end of a key of a block, height or transaction. */
    static Hash256 hashIn(byte[] key) {
        return Hash256.ofDisplayed(key, key.length - Hash256.BYTES);
    }

    private static byte[] outPoint(byte kind, OutPoint point) {
        return ByteBuffer.allocate(KIND_BYTES + Hash256.BYTES + Integer.BYTES)
                .put(kind).put(point.transaction().toDisplayed()).putInt((int) point.index()).array();
    }

    private static byte[] key(byte kind, byte[] rest) {
        return ByteBuffer.allocate(KIND_BYTES + rest.length).put(kind).put(rest).array();
    }
}
