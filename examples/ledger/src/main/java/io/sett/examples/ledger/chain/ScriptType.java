// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

/** The standard forms of a locking script, told by their bytes alone. */
public enum ScriptType {
    /** Pay to a public key. */
    P2PK(1),
    /** Pay to the hash of a public key. */
    P2PKH(2),
    /** Pay to the hash of a script (BIP16). */
    P2SH(3),
    /** Pay to a witness key hash (BIP141). */
    P2WPKH(4),
    /** Pay to a witness script hash (BIP141). */
    P2WSH(5),
    /** Pay to taproot (BIP341). */
    P2TR(6),
    /** m of n public keys. */
    MULTISIG(7),
    /** Data that nobody can spend. */
    NULL_DATA(8),
    /** Anything else. */
    OTHER(9);

    private static final ScriptType[] BY_CODE = values();

    private static final int OP_0 = 0x00;
    private static final int OP_1 = 0x51;
    private static final int OP_16 = 0x60;
    private static final int OP_RETURN = 0x6a;
    private static final int OP_DUP = 0x76;
    private static final int OP_EQUAL = 0x87;
    private static final int OP_EQUALVERIFY = 0x88;
    private static final int OP_HASH160 = 0xa9;
    private static final int OP_CHECKSIG = 0xac;
    private static final int OP_CHECKMULTISIG = 0xae;
    private static final int SHORT_KEY = 33;
    private static final int LONG_KEY = 65;
    private static final int HASH_160 = 20;
    private static final int HASH_256 = 32;

    private final int code;

    ScriptType(int code) {
        this.code = code;
    }

    /** The number that stands for this form in stored rows; never changes. */
    public int code() {
        return code;
    }

    /**
     * The form with this number.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ScriptType ofCode(int code) {
        for (ScriptType type : BY_CODE) {
            if (type.code == code) {
                return type;
            }
        }
        throw new IllegalArgumentException("no script type has the number " + code);
    }

    /** The form of {@code script}, in time linear in its length. */
    public static ScriptType of(ByteString script) {
        int length = script.length();
        if (length == 0) {
            return OTHER;
        }
        int first = script.at(0);
        int last = script.at(length - 1);
        if (first == OP_RETURN) {
            return NULL_DATA;
        }
        if (length == 25 && first == OP_DUP && script.at(1) == OP_HASH160 && script.at(2) == HASH_160
                && script.at(23) == OP_EQUALVERIFY && last == OP_CHECKSIG) {
            return P2PKH;
        }
        if (length == 23 && first == OP_HASH160 && script.at(1) == HASH_160 && last == OP_EQUAL) {
            return P2SH;
        }
        if (first == OP_0 && length == 2 + HASH_160 && script.at(1) == HASH_160) {
            return P2WPKH;
        }
        if (length == 2 + HASH_256 && script.at(1) == HASH_256 && (first == OP_0 || first == OP_1)) {
            return first == OP_0 ? P2WSH : P2TR;
        }
        if (last == OP_CHECKSIG && isKeyLength(first) && length == first + 2) {
            return P2PK;
        }
        return isMultisig(script) ? MULTISIG : OTHER;
    }

    private static boolean isMultisig(ByteString script) {
        int length = script.length();
        if (length < 3 || script.at(length - 1) != OP_CHECKMULTISIG) {
            return false;
        }
        int needed = script.at(0) - OP_1 + 1;
        int offered = script.at(length - 2) - OP_1 + 1;
        if (needed < 1 || offered < needed || script.at(length - 2) > OP_16) {
            return false;
        }
        int at = 1;
        int keys = 0;
        while (at < length - 2 && isKeyLength(script.at(at))) {
            at += script.at(at) + 1;
            keys++;
        }
        return at == length - 2 && keys == offered;
    }

    private static boolean isKeyLength(int length) {
        return length == SHORT_KEY || length == LONG_KEY;
    }
}
