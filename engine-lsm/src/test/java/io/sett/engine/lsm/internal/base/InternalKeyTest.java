// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InternalKeyTest {

    @Test
    void flatFormIsPinned() {
        byte[] flat = InternalKey.encode(new byte[] {'a'}, 5, EntryKind.PUT);
        assertThat(HexFormat.of().formatHex(flat)).isEqualTo("61fffffffffffffafe");
        assertThat(InternalKey.userKey(flat)).isEqualTo(new byte[] {'a'});
        assertThat(InternalKey.version(InternalKey.trailer(flat))).isEqualTo(5);
        assertThat(InternalKey.kind(InternalKey.trailer(flat))).isEqualTo(EntryKind.PUT);
    }

    @Test
    void versionsAndKindsSurvive() {
        for (long version : new long[] {0, 1, 255, 256, 1L << 40, Limits.MAX_VERSION}) {
            for (int kind = 0; kind < 256; kind++) {
                long trailer = InternalKey.trailer(version, kind);
                assertThat(InternalKey.version(trailer)).isEqualTo(version);
                assertThat(InternalKey.kind(trailer)).isEqualTo(kind);
            }
        }
    }

    @Test
    void newerVersionsComeFirstAndPrefixesBeforeTheirExtensions() {
        byte[] key = {'k'};
        assertThat(InternalKey.compare(InternalKey.encode(key, 7, 1), InternalKey.encode(key, 6, 1))).isNegative();
        assertThat(InternalKey.compare(InternalKey.encode(key, 7, 1), InternalKey.encode(key, 7, 0))).isNegative();
        assertThat(InternalKey.compare(InternalKey.encode(key, 1, 1), InternalKey.encode(new byte[] {'k', 0}, 9, 1)))
                .isNegative();
        assertThat(InternalKey.compare(InternalKey.encode(new byte[] {(byte) 0xff}, 1, 1),
                InternalKey.encode(key, 1, 1)))
                .isPositive();
    }

    @Test
    void seekTrailerLiesBeforeEveryKindOfItsVersionAndBehindNewerOnes() {
        long seek = InternalKey.seekTrailer(9);
        for (int kind = 0; kind < 255; kind++) {
            assertThat(Long.compareUnsigned(seek, InternalKey.trailer(9, kind))).isNegative();
            assertThat(Long.compareUnsigned(seek, InternalKey.trailer(10, kind))).isPositive();
        }
    }

    @Test
    void hashIsXxh64() {
        // From the reference implementation of xxHash.
        assertThat(Hash64.of(new byte[0], 0, 0)).isEqualTo(0xEF46DB3751D8E999L);
        byte[] a = {'a'};
        assertThat(Hash64.of(a, 0, 1)).isEqualTo(0xD24EC4F1A98C6E5BL);
        byte[] abc = {'a', 'b', 'c'};
        assertThat(Hash64.of(abc, 0, 3)).isEqualTo(0x44BC2CF5AD770999L);
        byte[] fox = "The quick brown fox jumps over the lazy dog".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(Hash64.of(fox, 0, fox.length)).isEqualTo(0x0B242D361FDA71BCL);
    }

    @Test
    void cellsSurviveAndAreShort() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        ValueCell view = new ValueCell();
        for (int i = 0; i < 2000; i++) {
            byte meta = random.nextBoolean() ? 0 : (byte) random.nextInt();
            long expiry = random.nextBoolean() ? 0 : random.nextLong() >>> 1 + random.nextInt(62);
            byte[] value = Seeds.bytes(random, random.nextInt(40));
            byte[] cell = ValueCell.encode(meta, expiry, value);
            assertThat(view.parse(cell, 0, cell.length)).as(Seeds.replay(seed)).isTrue();
            assertThat(view.userMeta()).isEqualTo(meta);
            assertThat(view.expiresAt()).isEqualTo(expiry);
            assertThat(ValueCell.expiresAt(cell, 0, cell.length)).isEqualTo(expiry);
            assertThat(java.util.Arrays.copyOfRange(view.array(), view.payloadOffset(),
                    view.payloadOffset() + view.payloadLength())).isEqualTo(value);
        }
        assertThat(ValueCell.encode((byte) 7, 0, new byte[] {'x'})).isEqualTo(new byte[] {2, 7, 'x'});
        assertThat(view.parse(new byte[] {4}, 0, 1)).isFalse();
        assertThat(view.parse(new byte[] {1, (byte) 0x80}, 0, 2)).isFalse();
        assertThat(view.parse(new byte[] {2}, 0, 1)).isFalse();
    }

    @Test
    void useCountRunsItsActionOnceAndOnlyWhenUnused() {
        int[] runs = {0};
        UseCount uses = new UseCount(() -> runs[0]++);
        int first = uses.acquire();
        int second = uses.acquire();
        uses.retire();
        assertThat(uses.acquire()).isEqualTo(UseCount.RETIRED);
        uses.release(first);
        assertThat(runs[0]).isZero();
        uses.release(second);
        uses.retire();
        assertThat(runs[0]).isOne();
    }
}
