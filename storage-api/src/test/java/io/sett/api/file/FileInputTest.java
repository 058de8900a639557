// SPDX-License-Identifier: Apache-2.0
package io.sett.api.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.LimitExceededException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FileInputTest {

    /** Hands out its content in pieces of at most three bytes. */
    private static final class Drops extends FileInput {
        private final byte[] content;
        private int position;

        Drops(byte[] content) {
            this.content = content;
        }

        @Override
        public long remaining() {
            return content.length - position;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void seek(long target) {
            position = (int) Math.min(target, content.length);
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (position == content.length) {
                return -1;
            }
            int count = Math.min(Math.min(length, 3), content.length - position);
            System.arraycopy(content, position, target, offset, count);
            position += count;
            return count;
        }

        @Override
        public void close() {
            position = content.length;
        }
    }

    private final byte[] content = content();

    @Test
    void readsAll() {
        assertThat(new Drops(content).readAllBytes()).isEqualTo(content);
        assertThat(new Drops(new byte[0]).readAllBytes()).isEmpty();
    }

    @Test
    void aChannelReadsFromAnyPositionIntoAnyBuffer() throws IOException {
        try (SeekableByteChannel channel = new Drops(content).asChannel()) {
            assertThat(channel.size()).isEqualTo(content.length);
            ByteBuffer heap = ByteBuffer.allocate(100);
            heap.position(10);
            assertThat(channel.position(5).read(heap)).isEqualTo(3);
            assertThat(heap.position()).isEqualTo(13);
            assertThat(Arrays.copyOfRange(heap.array(), 10, 13)).isEqualTo(Arrays.copyOfRange(content, 5, 8));
            ByteBuffer direct = ByteBuffer.allocateDirect(2);
            assertThat(channel.read(direct)).isEqualTo(2);
            assertThat(direct.flip().get()).isEqualTo(content[8]);
            assertThat(channel.position()).isEqualTo(10);
            assertThat(channel.position(content.length + 7L).read(heap)).isEqualTo(-1);
            assertThat(channel.position()).isEqualTo(content.length + 7L);
            assertThatThrownBy(() -> channel.write(heap)).isInstanceOf(NonWritableChannelException.class);
            assertThatThrownBy(() -> channel.truncate(1)).isInstanceOf(NonWritableChannelException.class);
        }
    }

    @Test
    void readsSingleBytesUnsigned() {
        Drops in = new Drops(new byte[] {(byte) 0xFF});

        assertThat(in.read()).isEqualTo(255);
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void readsAndSkipsUpToTheEnd() {
        Drops in = new Drops(content);

        assertThat(in.skip(90)).isEqualTo(90);
        assertThat(in.available()).isEqualTo(10);
        assertThat(in.readNBytes(4)).isEqualTo(Arrays.copyOfRange(content, 90, 94));
        assertThat(in.readNBytes(50)).isEqualTo(Arrays.copyOfRange(content, 94, 100));
        assertThat(in.skip(1)).isZero();
        assertThat(in.skip(-1)).isZero();
    }

    @Test
    void refusesWhatFitsIntoNoArray() {
        FileInput huge = new FileInput() {
            @Override
            public long position() {
                return 0;
            }

            @Override
            public void seek(long target) {
                throw new AssertionError("nobody seeks");
            }

            @Override
            public long remaining() {
                return 1L << 32;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                return length;
            }

            @Override
            public void close() {
            }
        };

        assertThatThrownBy(huge::readAllBytes).isInstanceOfSatisfying(LimitExceededException.class,
                error -> assertThat(error.code()).isEqualTo(ErrorCode.ENTRY_TOO_LARGE));
    }

    @Test
    void saveOptionsCheckTheirValues() {
        String sum = "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855";

        assertThat(SaveOptions.defaults().withExpectedSha256(sum).expectedSha256()).contains(sum.toLowerCase());
        assertThatThrownBy(() -> SaveOptions.defaults().withExpectedSha256("abc"))
                .isInstanceOf(InvalidOperationException.class);
        assertThatThrownBy(() -> SaveOptions.defaults().withTimeout(Duration.ZERO))
                .isInstanceOf(InvalidOperationException.class);
    }

    private static byte[] content() {
        byte[] bytes = new byte[100];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
