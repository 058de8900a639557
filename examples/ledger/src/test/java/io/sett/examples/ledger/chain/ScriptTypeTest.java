// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Each form of locking script, and what comes close to it. */
class ScriptTypeTest {
    private static final String H20 = "ab".repeat(20);
    private static final String H32 = "cd".repeat(32);
    private static final String KEY = "21" + "02".repeat(33);

    @Test
    void standardForms() {
        assertType("76a914" + H20 + "88ac", ScriptType.P2PKH);
        assertType("a914" + H20 + "87", ScriptType.P2SH);
        assertType(KEY + "ac", ScriptType.P2PK);
        assertType("41" + "04".repeat(65) + "ac", ScriptType.P2PK);
        assertType("0014" + H20, ScriptType.P2WPKH);
        assertType("0020" + H32, ScriptType.P2WSH);
        assertType("5120" + H32, ScriptType.P2TR);
        assertType("51" + KEY + "51ae", ScriptType.MULTISIG);
        assertType("52" + KEY + KEY + KEY + "53ae", ScriptType.MULTISIG);
        assertType("6a", ScriptType.NULL_DATA);
        assertType("6a24aa21a9ed" + H32, ScriptType.NULL_DATA);
    }

    @Test
    void nearMisses() {
        assertType("", ScriptType.OTHER);
        assertType("ac", ScriptType.OTHER);
        assertType("ae", ScriptType.OTHER);
        assertType("76a914" + H20 + "88ad", ScriptType.OTHER);
        assertType("a914" + H20 + "88", ScriptType.OTHER);
        assertType("20" + "02".repeat(32) + "ac", ScriptType.OTHER);
        assertType("5220" + H32, ScriptType.OTHER);
        assertType("53" + KEY + KEY + "52ae", ScriptType.OTHER);
        assertType("52" + KEY + "52ae", ScriptType.OTHER);
        assertType("51" + KEY.substring(0, 40) + "51ae", ScriptType.OTHER);
        assertType("0013" + H20.substring(2), ScriptType.OTHER);
    }

    private static void assertType(String hex, ScriptType type) {
        assertThat(ScriptType.of(ByteString.copyOf(HexFormat.of().parseHex(hex)))).as(hex).isEqualTo(type);
    }
}
