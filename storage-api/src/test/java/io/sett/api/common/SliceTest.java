// SPDX-License-Identifier: Apache-2.0
package io.sett.api.common;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.error.ClosedException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SliceTest {

    private static final byte[] BYTES = "badger's home".getBytes(UTF_8);

    @Test
    void arrayAndBufferSlicesAreEqualAndOrderedAlike() {
        SliceScope scope = new SliceScope("a test");
        Slice array = scope.slice(BYTES, 2, 4);
        ByteBuffer direct = ByteBuffer.allocateDirect(BYTES.length).put(0, BYTES);
        Slice buffer = scope.slice(direct, 2, 4);
        assertThat(buffer).isEqualTo(array).hasSameHashCodeAs(array).isEqualByComparingTo(array);
        assertThat(buffer.toByteArray()).isEqualTo("dger".getBytes(UTF_8));
        assertThat(buffer.compareTo("dgf".getBytes(UTF_8))).isNegative();
        assertThat(array.compareTo("dg".getBytes(UTF_8))).isPositive();
        assertThat(array.toString(UTF_8)).isEqualTo("dger");
    }

    @Test
    void orderIsUnsigned() {
        Slice high = Slice.of(new byte[] {(byte) 0xff});
        Slice low = Slice.of(new byte[] {0x01});
        assertThat(high).isGreaterThan(low);
    }

    @Test
    void everyAccessAfterTheScopeEndedThrows() {
        SliceScope scope = new SliceScope("the cursor position");
        Slice slice = scope.slice(BYTES, 0, BYTES.length);
        Slice part = slice.slice(1, 2);
        scope.end();
        assertThatThrownBy(() -> slice.get(0)).isInstanceOf(ClosedException.class)
                .hasMessageContaining("the cursor position");
        assertThatThrownBy(slice::toByteArray).isInstanceOf(ClosedException.class);
        assertThatThrownBy(slice::asByteBuffer).isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> slice.compareTo(BYTES)).isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> part.get(0)).isInstanceOf(ClosedException.class);
        assertThat(slice.isAlive()).isFalse();
        assertThat(slice.toString()).contains("ended");
        assertThat(scope.slice(BYTES, 0, 1).get(0)).isEqualTo((byte) 'b');
    }

    @Test
    void boundsAreChecked() {
        Slice slice = Slice.of(BYTES, 0, 3);
        assertThatThrownBy(() -> slice.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.slice(1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Slice.of(BYTES, 10, 10)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.getLong(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void longsAreBigEndianAndPrefixesAreCompared() {
        Slice slice = Slice.of(ByteBuffer.allocate(9).putLong(0x0102030405060708L).array());
        assertThat(slice.getLong(0)).isEqualTo(0x0102030405060708L);
        assertThat(slice.startsWith(new byte[] {1, 2})).isTrue();
        assertThat(slice.startsWith(new byte[] {2})).isFalse();
        assertThat(slice.startsWith(new byte[10])).isFalse();
        assertThat(slice.contentEquals(slice.toByteArray())).isTrue();
    }

    @Test
    void theBufferViewIsReadOnly() {
        ByteBuffer view = Slice.of(BYTES, 1, 3).asByteBuffer();
        assertThat(view.remaining()).isEqualTo(3);
        assertThat(view.isReadOnly()).isTrue();
        assertThat(view.get(0)).isEqualTo((byte) 'a');
    }
}
