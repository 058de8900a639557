// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

import java.util.OptionalInt;

/** Blocks of version 2 and later push their height as the first thing in the script of their coinbase (BIP34). */
final class Bip34 {
    /** From this height on the network refused blocks that do not say their true height. */
    static final int ENFORCED_FROM = 227_931;

    private static final int FIRST_VERSION = 2;
    private static final int OP_1 = 0x51;
    private static final int OP_16 = 0x60;
    private static final int MOST_BYTES = 4;

    private Bip34() {
    }

    /**
     * The height that the block states; empty if its version is too old or its coinbase does not begin with a height.
     */
    static OptionalInt height(Block block) {
        if (block.header().version() < FIRST_VERSION) {
            return OptionalInt.empty();
        }
        ByteString script = block.coinbase().inputs().get(0).script();
        if (script.length() == 0) {
            return OptionalInt.empty();
        }
        int first = script.at(0);
        if (first >= OP_1 && first <= OP_16) {
            return OptionalInt.of(first - OP_1 + 1);
        }
        if (first < 1 || first > MOST_BYTES || script.length() <= first || script.at(first) > 0x7f) {
            return OptionalInt.empty();
        }
        int height = 0;
        for (int i = first; i >= 1; i--) {
            height = height << 8 | script.at(i);
        }
        return OptionalInt.of(height);
    }
}
