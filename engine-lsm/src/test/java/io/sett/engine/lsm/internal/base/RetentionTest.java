// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionTest {

    /**
     * Versions of one key, newest first: P a put, D a deletion, E a put that has expired, F one that will expire; each
     * with its version. The answer: k kept, d dropped, t turned into a deletion.
     */
    @ParameterizedTest
    @CsvSource({
        "P9 P5 P3,      9, 1, true,  kdd", "P9 P5 P3,      5, 1, true,  kkd", "P9 P5 P3,      4, 1, true,  kkk",
        "P9 P5 P3,      0, 1, true,  kkk", "P9 P5 P3,      8, 1, true,  kkd", "P9 P5 P3,      9, 2, true,  kkd",
        "D9 P5,         9, 1, true,  kd",  "D9 P5,         9, 1, false, dd",  "D9 P5,         8, 1, false, kk",
        "D9 P5 P4,      5, 1, false, kkd", "P9 D5 P4,      7, 1, false, kdd", "P9 D5 P4,      9, 1, false, kdd",
        "E9 P5,         9, 1, true,  td",  "E9 P5,         9, 1, false, dd",  "E9 P5,         5, 1, false, kk",
        "F9 P5,         9, 1, false, kd",  "D9 D8 D7,      9, 1, true,  kdd", "D9 D8 D7,      7, 1, false, kkd",
        "D9 P5 P4,      9, 3, true,  kdd", "P9 P5 D4 P3,   9, 3, true,  kkkd",
    })
    void keepsWhatSomebodyMaySee(String entries, long oldestReader, int keep, boolean deeper, String expected) {
        Retention retention = new Retention(oldestReader, keep, 1000,
                deeper ? Retention.Deeper.UNKNOWN : Retention.Deeper.NOTHING);
        ModelEntries model = new ModelEntries();
        for (String key : new String[] {"k", "l"}) {
            for (String entry : entries.split(" ")) {
                add(model, key, entry.charAt(0), Long.parseLong(entry.substring(1)));
            }
        }
        StringBuilder answer = new StringBuilder();
        InternalCursor cursor = model.cursor();
        for (boolean more = cursor.first(); more; more = cursor.next()) {
            answer.append(switch (retention.decide(cursor)) {
                case KEEP -> 'k';
                case DROP -> 'd';
                case DELETE -> 't';
            });
        }
        assertThat(answer).hasToString(expected + expected);
        assertThat(retention.dropped()).isEqualTo(2 * expected.chars().filter(c -> c == 'd').count());
    }

    private static void add(ModelEntries model, String key, char kind, long version) {
        byte[] cell = kind == 'D' ? Bytes.EMPTY
                : ValueCell.encode((byte) 0, kind == 'E' ? 1000 : kind == 'F' ? 1001 : 0, new byte[] {1});
        model.entries.put(InternalKey.encode(key.getBytes(java.nio.charset.StandardCharsets.US_ASCII), version,
                kind == 'D' ? EntryKind.DELETE : EntryKind.PUT), cell);
    }

    @Test
    void theSameEntryFromTwoSourcesIsKeptOnce() {
        ModelEntries model = new ModelEntries();
        add(model, "k", 'P', 5);
        InternalCursor cursor = model.cursor();
        cursor.first();
        Retention retention = new Retention(0, 1, 0, Retention.Deeper.UNKNOWN);
        assertThat(retention.decide(cursor)).isEqualTo(Retention.Decision.KEEP);
        assertThat(retention.decide(cursor)).isEqualTo(Retention.Decision.DROP);
    }
}
