// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

import java.math.BigInteger;

/**
 * The target that a block hash must not exceed, and its compact form: the top byte is a length in bytes, bit 23 a sign,
 * the other 23 bits the leading digits.
 */
final class ProofOfWork {
    private static final int SIGN = 0x0080_0000;
    private static final int DIGITS = 0x007f_ffff;
    private static final int DIGIT_BYTES = 3;

    private ProofOfWork() {
    }

    /** The target in {@code bits}; zero or below if {@code bits} is not one that can be met. */
    static BigInteger target(int bits) {
        int length = bits >>> 24;
        BigInteger digits = BigInteger.valueOf(bits & DIGITS);
        BigInteger target = length >= DIGIT_BYTES
                ? digits.shiftLeft(8 * (length - DIGIT_BYTES))
                : digits.shiftRight(8 * (DIGIT_BYTES - length));
        return (bits & SIGN) == 0 ? target : target.negate();
    }

    static void check(RawBlock raw, BlockHeader header, ChainRules rules) {
        BigInteger target = target(header.bits());
        if (target.signum() <= 0 || target.compareTo(rules.easiestTarget()) > 0) {
            throw raw.malformedAt(BlockHeader.BITS_AT, "a target between 1 and " + rules.easiestTarget().toString(16),
                    "bits " + String.format("%08x", header.bits()));
        }
        if (header.hash().toNumber().compareTo(target) > 0) {
            throw raw.malformedAt(0, "a block hash not above the target " + String.format("%064x", target),
                    header.hash().toString());
        }
    }
}
