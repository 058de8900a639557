// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The two byte orders of a hash. */
class Hash256Test {
    @Test
    void hexadecimalFormsOfAHash() {
        String text = "000000000000000000893c019d81f2d48ee33892c12428f3121bbd16ed6db926";
        Hash256 hash = Hash256.parse(text);

        assertThat(hash).hasToString(text);
        assertThat(HexFormat.of().formatHex(hash.toByteArray())).startsWith("26b96ded").endsWith("000000");
        assertThat(Hash256.copyOf(hash.toByteArray(), 0)).isEqualTo(hash).hasSameHashCodeAs(hash);
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Hash256.parse("12"))
                .withMessage("a hash has 64 hexadecimal digits, not 2");
    }
}
