// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import io.sett.api.common.Capability;
import io.sett.api.common.Limits;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Random;

/** Keys and checks for tests. */
final class TestKeys {

    static final KVArguments ARGUMENTS = new KVArguments("test", "none", new Limits(64, 1024, 1 << 20, 10_000, null),
            EnumSet.of(Capability.TTL, Capability.USER_METADATA, Capability.SERIALIZABLE, Capability.SNAPSHOTS,
                    Capability.VERSION_HISTORY, Capability.ASYNC_COMMIT));

    private TestKeys() {
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** One of {@code count} keys of one to three bytes, high bytes and prefixes of each other among them. */
    static String randomKey(Random random, int count) {
        int number = random.nextInt(count);
        StringBuilder key = new StringBuilder();
        do {
            key.append((char) (number % 3 == 0 ? 0 : number % 3 == 1 ? 'a' + number / 3 % 20 : 0xff));
            number /= 7;
        } while (number > 0);
        return key.toString();
    }
}
