// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.store;

import io.sett.api.cache.CacheStore;
import io.sett.api.common.StoreKind;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.KVStore;
import io.sett.examples.ledger.chain.Hash256;
import io.sett.examples.ledger.chain.OutPoint;
import io.sett.examples.ledger.chain.Transaction;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks things up. Rows of blocks and transactions are taken from the cache if they are there and put into it if not.
 * For
 * one thread.
 */
public final class LedgerReader {
    private final KVStore rows;
    private final CacheStore hot;
    private final RawBlocks rawBlocks;
    private final Timings timings;

    /** Makes a reader. */
    public LedgerReader(LedgerStores stores, Timings timings) {
        this.rows = stores.rows();
        this.hot = stores.hot();
        this.rawBlocks = new RawBlocks(stores.rawBlocks());
        this.timings = timings;
    }

    /** The block with this hash. */
    public Optional<BlockRow> block(Hash256 hash) {
        return cached("block:" + hash, LedgerKeys.block(hash), BlockRow::decode);
    }

    /** The hashes of the blocks at this height: none, one, or more if the chain forked there. */
    public List<Hash256> blocksAt(int height) {
        return hashes(LedgerKeys.heights(height), "", Integer.MAX_VALUE);
    }

    /** The transaction with this id. */
    public Optional<TransactionRow> transaction(Hash256 id) {
        return cached("tx:" + id, LedgerKeys.transaction(id), TransactionRow::decode);
    }

    /** The output at this point. */
    public Optional<OutputRow> output(OutPoint point) {
        return timings.time(StoreKind.KEY_VALUE, () -> rows.get(LedgerKeys.output(point))).map(OutputRow::decode);
    }

    /** Who spends the output at this point; empty if no block in the ledger does. */
    public Optional<SpentRow> spent(OutPoint point) {
        return timings.time(StoreKind.KEY_VALUE, () -> rows.get(LedgerKeys.spent(point))).map(SpentRow::decode);
    }

    /** Block hashes that begin with these hexadecimal digits (lower case), at most {@code limit}. */
    public List<Hash256> blocksLike(String digits, int limit) {
        return hashes(LedgerKeys.blocks(wholeBytes(digits)), digits, limit);
    }

    /** Transaction ids that begin with these hexadecimal digits (lower case), at most {@code limit}. */
    public List<Hash256> transactionsLike(String digits, int limit) {
        return hashes(LedgerKeys.transactions(wholeBytes(digits)), digits, limit);
    }

    /**
     * The whole transaction, cut out of its raw block.
     *
     * @throws IllegalStateException if the bytes there are not this transaction
     */
    public Transaction load(Hash256 id, TransactionRow row) {
        byte[] bytes = timings.time(StoreKind.FILE, () -> rawBlocks.load(row.block(), row.offset(), row.size()));
        Transaction transaction = Transaction.parse(RawBlocks.name(row.block()), bytes);
        if (!transaction.id().equals(id)) {
            throw new IllegalStateException("raw block " + RawBlocks.name(row.block()) + " has transaction "
                    + transaction.id() + " at byte " + row.offset() + ", the ledger says " + id);
        }
        return transaction;
    }

    /** Reads the raw block to its end and compares its checksum; returns its name. */
    public String verifyRaw(Hash256 block) {
        timings.time(StoreKind.FILE, () -> rawBlocks.verify(block));
        return RawBlocks.name(block);
    }

    private <T> Optional<T> cached(String name, byte[] key, Function<byte[], T> decode) {
        Optional<byte[]> found = timings.time(StoreKind.CACHE, () -> hot.get(name));
        if (found.isEmpty()) {
            found = timings.time(StoreKind.KEY_VALUE, () -> rows.get(key));
            found.ifPresent(row -> timings.time(StoreKind.CACHE, () -> hot.set(name, row)));
        }
        return found.map(decode);
    }

    private List<Hash256> hashes(byte[] prefix, String digits, int limit) {
        return timings.time(StoreKind.KEY_VALUE, () -> {
            List<Hash256> found = new ArrayList<>();
            try (Cursor cursor = rows.iterate(prefix)) {
                while (found.size() < limit && cursor.next()) {
                    Hash256 hash = LedgerKeys.hashIn(cursor.key());
                    if (hash.toString().startsWith(digits)) {
                        found.add(hash);
                    }
                }
            }
            return found;
        });
    }

    /** The digits that make whole bytes; an odd one at the end is compared afterwards. */
    private static byte[] wholeBytes(String digits) {
        return HexFormat.of().parseHex(digits, 0, digits.length() / 2 * 2);
    }
}
