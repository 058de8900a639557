// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.common.Capability;
import io.sett.api.common.Durability;
import io.sett.api.common.Limits;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.UnsupportedFeatureException;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.PutOptions;
import io.sett.api.kv.ReadOptions;
import io.sett.api.kv.TransactionMode;
import io.sett.api.kv.TransactionOptions;
import io.sett.api.kv.WriteOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class KVArgumentsTest {

    private final KVArguments nothing = new KVArguments("orders", "tiny", Limits.NONE, Set.of());
    private final KVArguments everything =
            new KVArguments("orders", "tiny", Limits.NONE, EnumSet.allOf(Capability.class));

    private static void refused(Capability capability, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("orders").hasMessageContaining("tiny").hasMessageContaining(capability.name());
    }

    @Test
    void whatTheEngineLacksIsRefusedByName() {
        Duration time = Duration.ofSeconds(1);
        refused(Capability.TTL, () -> nothing.checkPut(PutOptions.ttl(time)));
        refused(Capability.USER_METADATA, () -> nothing.checkPut(PutOptions.defaults().withMetadata((byte) 1)));
        refused(Capability.SYNC_WRITES, () -> nothing.checkWrite(WriteOptions.sync()));
        refused(Capability.PERSISTENT,
                () -> nothing.checkWrite(WriteOptions.defaults().withDurability(Durability.PROCESS)));
        refused(Capability.DEADLINES, () -> nothing.checkWrite(WriteOptions.defaults().withTimeout(time)));
        refused(Capability.DEADLINES, () -> nothing.checkRead(ReadOptions.defaults().withTimeout(time)));
        refused(Capability.DEADLINES,
                () -> nothing.checkCursor(CursorOptions.defaults().withRead(ReadOptions.defaults().withTimeout(time))));
        refused(Capability.VERSION_HISTORY, () -> nothing.checkCursor(CursorOptions.defaults().withAllVersions(true)));
        refused(Capability.VERSION_HISTORY, () -> nothing.checkCursor(CursorOptions.defaults().withSinceVersion(1)));
        refused(Capability.SERIALIZABLE, () -> nothing.checkTransaction(TransactionOptions.defaults()));
        refused(Capability.PESSIMISTIC_TRANSACTIONS,
                () -> nothing.checkTransaction(TransactionOptions.defaults().withMode(TransactionMode.PESSIMISTIC)));
    }

    @Test
    void whatTheEngineHasPasses() {
        assertThatCode(() -> {
            everything.checkPut(PutOptions.ttl(Duration.ofSeconds(1)).withMetadata((byte) 1));
            everything.checkWrite(WriteOptions.sync().withTimeout(Duration.ofSeconds(1)));
            everything.checkCursor(CursorOptions.defaults().withAllVersions(true).withSinceVersion(1));
            everything.checkTransaction(TransactionOptions.defaults().withMode(TransactionMode.PESSIMISTIC));
            nothing.checkPut(PutOptions.defaults());
            nothing.checkWrite(WriteOptions.defaults());
            nothing.checkCursor(CursorOptions.defaults());
        }).doesNotThrowAnyException();
    }

    @Test
    void expiryIsCountedFromNowAndCannotOverflow() {
        Clock clock = Clock.fixed(Instant.ofEpochMilli(1000), ZoneOffset.UTC);
        assertThat(everything.expiryMillis(PutOptions.defaults(), clock)).isEqualTo(PendingWrite.NEVER);
        assertThat(everything.expiryMillis(PutOptions.ttl(Duration.ofMillis(5)), clock)).isEqualTo(1005);
        assertThat(everything.expiryMillis(PutOptions.ttl(Duration.ofSeconds(Long.MAX_VALUE)), clock))
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aReaderThatReturnsNullIsTold() {
        assertThat(everything.result("x")).contains("x");
        assertThatThrownBy(() -> everything.result(null)).isInstanceOfSatisfying(InvalidOperationException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }

    @Test
    void longKeysAreCutInMessages() {
        assertThat(KVArguments.shown(new byte[] {1, (byte) 0xff})).isEqualTo("01ff");
        assertThat(KVArguments.shown(new byte[100])).hasSizeLessThan(100).contains("100 bytes");
    }
}
