// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

import java.math.BigInteger;

/**
 * What differs between networks, and the limits that do not.
 *
 * @param easiestTarget no block may claim a target above this one
 */
public record ChainRules(BigInteger easiestTarget) {
    /**
     * No serialized block is larger, witness data included (BIP141: 4,000,000 weight units, a byte weighs at least
     * one).
     */
    public static final int MAX_BLOCK_BYTES = 4_000_000;

    /** All coins there can ever be, in satoshi. */
    public static final long MAX_MONEY = 21_000_000L * 100_000_000L;

    private static final int MAIN_NETWORK_BITS = 0x1d00ffff;

    /** The rules of the main network. */
    public static ChainRules mainNetwork() {
        return new ChainRules(ProofOfWork.target(MAIN_NETWORK_BITS));
    }
}
