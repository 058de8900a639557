// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Finds the height of each block: one more than that of its parent if the parent is known, else what its coinbase
 * states,
 * else from a short list of landmarks. Remembers every block it has placed. For one thread.
 *
 * <p>Memory grows by one hash and one number per block placed.
 */
public final class BlockHeights {
    /**
     * Blocks that state no height and whose parents need not be at hand: the first of all, and the last of version 1
     * (BIP34 names its height).
     */
    private static final Map<Hash256, Integer> LANDMARKS = Map.of(
            Hash256.parse("000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"), 0,
            Hash256.parse("00000000000001aa077d7aa84c532a4d69bdbff519609d1da0835261b7a74eb6"), 227_835);

    private final Map<Hash256, Integer> placed = new HashMap<>(LANDMARKS);
    private final Function<Hash256, OptionalInt> stored;

    /** Knows nothing but the landmarks. */
    public BlockHeights() {
        this(hash -> OptionalInt.empty());
    }

    /**
     * Knows the landmarks and the blocks that an earlier run has stored.
     *
     * @param stored the height of a stored block by its hash
     */
    public BlockHeights(Function<Hash256, OptionalInt> stored) {
        this.stored = stored;
    }

    /**
     * Places a block.
     *
     * @throws MalformedBlockException if its height cannot be known, or two sources contradict each other
     */
    int place(RawBlock raw, Block block) {
        Hash256 previous = block.header().previous();
        OptionalInt parent = known(previous);
        OptionalInt stated = Bip34.height(block);
        int height;
        if (parent.isPresent()) {
            height = parent.getAsInt() + 1;
            if (stated.isPresent() && stated.getAsInt() != height && height >= Bip34.ENFORCED_FROM) {
                throw raw.malformedAt(block.coinbase().offset(),
                        "height " + height + " in the coinbase, one above the parent " + previous,
                        "height " + stated.getAsInt());
            }
        } else {
            OptionalInt own = known(block.hash());
            height = own.isPresent() ? own.getAsInt() : stated.orElseThrow(() -> unplaceable(raw, block));
        }
        placed.put(block.hash(), height);
        return height;
    }

    private static MalformedBlockException unplaceable(RawBlock raw, Block block) {
        return raw.malformedAt(BlockHeader.PREVIOUS_AT,
                "a parent of known height, or a height in the coinbase (BIP34, version 2 and later);"
                        + " load the blocks before this one first",
                "the unknown parent " + block.header().previous() + " in block " + block.hash() + " of version "
                        + block.header().version());
    }

    private OptionalInt known(Hash256 hash) {
        Integer height = placed.get(hash);
        return height == null ? stored.apply(hash) : OptionalInt.of(height);
    }
}
