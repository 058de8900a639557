// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

/**
 * An output: an amount and the script that guards it.
 *
 * @param value  amount in satoshi
 * @param script locking script
 */
public record TxOutput(long value, ByteString script) {
    /** The shortest serialized output: a value and an empty script. */
    static final int LEAST_BYTES = 9;

    /** The kind of the locking script. */
    public ScriptType type() {
        return ScriptType.of(script);
    }
}
