// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.kv;

import static io.sett.testkit.Bytes.bytes;
import static io.sett.testkit.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.Capability;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.KVBatch;
import io.sett.api.kv.KVEntry;
import io.sett.api.kv.PutOptions;
import io.sett.api.kv.Transaction;
import io.sett.testkit.Theme;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Times to live and metadata. */
@Theme("ttl, metadata")
public interface KVExpiryTheme extends KVTheme {

    /** Whether the engine has times to live; if not, that they are refused is checked. */
    private boolean hasTtl() {
        if (offers(Capability.TTL)) {
            return true;
        }
        PutOptions ttl = PutOptions.ttl(Duration.ofMinutes(1));
        refuses(Capability.TTL, () -> store().put(bytes("k"), bytes("v"), ttl), () -> {
            try (KVBatch batch = store().batchBegin()) {
                batch.put(bytes("k"), bytes("v"), ttl);
                batch.write();
            }
        }, () -> {
            try (Transaction transaction = begin()) {
                transaction.put(bytes("k"), bytes("v"), ttl);
                transaction.commit();
            }
        });
        assertThat(content(store())).isEmpty();
        return false;
    }

    private void putFor(String key, Duration ttl) {
        store().put(bytes(key), bytes(key), PutOptions.ttl(ttl));
    }

    @Test
    default void anEntryIsThereUntilItsTimeIsOver() {
        if (hasTtl()) {
            putFor("k", Duration.ofSeconds(10));
            advance(Duration.ofMillis(9_999));
            assertThat(get(store(), "k")).contains("k");
            advance(Duration.ofMillis(1));
            assertThat(store().get(bytes("k"))).as("at the moment of its expiry").isEmpty();
            assertThat(store().has(bytes("k"))).isFalse();
            advance(Duration.ofHours(1));
            assertThat(store().get(bytes("k"))).isEmpty();
        }
    }

    @Test
    default void timesToLiveAreKeptToTheMillisecond() {
        if (hasTtl()) {
            putFor("short", Duration.ofMillis(1));
            putFor("odd", Duration.ofMillis(1234));
            assertThat(get(store(), "short")).contains("short");
            advance(Duration.ofMillis(1));
            assertThat(get(store(), "short")).isEmpty();
            advance(Duration.ofMillis(1232));
            assertThat(get(store(), "odd")).contains("odd");
            advance(Duration.ofMillis(1));
            assertThat(get(store(), "odd")).isEmpty();
        }
    }

    @Test
    default void expiredEntriesAreSeenByNobody() {
        if (hasTtl()) {
            fill("a", "1", "z", "1");
            putFor("k", Duration.ofSeconds(1));
            advance(Duration.ofSeconds(2));
            assertThat(content(store())).containsExactly("a=1", "z=1");
            assertThat(store().count(new byte[0])).isEqualTo(2);
            assertThat(store().entry(bytes("k"))).isEmpty();
            assertThat(store().read(bytes("k"), slice -> 1)).isEmpty();
            assertThat(store().getMany(java.util.List.of(bytes("k"))).get(0)).isEmpty();
            try (Cursor reverse = store().cursor(CursorOptions.defaults().withReverse(true))) {
                assertThat(keys(reverse)).containsExactly("z", "a");
                assertThat(reverse.seek(bytes("k"))).isTrue();
                assertThat(reverse.key()).isEqualTo(bytes("a"));
            }
            try (Transaction transaction = begin()) {
                assertThat(get(transaction, "k")).isEmpty();
                assertThat(transaction.getForUpdate(bytes("k"))).isEmpty();
            }
        }
    }

    @Test
    default void theMomentOfExpiryIsKnown() {
        if (hasTtl()) {
            Instant now = fixture().clock().instant();
            putFor("k", Duration.ofMinutes(5));
            assertThat(store().entry(bytes("k")).flatMap(KVEntry::expiresAt))
                    .contains(now.plus(Duration.ofMinutes(5)));
            try (Cursor cursor = store().iterate(new byte[0])) {
                cursor.next();
                assertThat(cursor.expiresAt()).contains(now.plus(Duration.ofMinutes(5)));
            }
        }
    }

    @Test
    default void aNewPutSetsItsOwnTime() {
        if (hasTtl()) {
            putFor("forever", Duration.ofSeconds(1));
            fill("forever", "stays");
            fill("short", "first");
            putFor("short", Duration.ofSeconds(1));
            putFor("longer", Duration.ofSeconds(1));
            putFor("longer", Duration.ofSeconds(100));
            advance(Duration.ofSeconds(2));
            assertThat(content(store())).containsExactly("forever=stays", "longer=longer");
        }
    }

    @Test
    default void anExpiredEntryDoesNotUncoverAnOlderOne() {
        if (hasTtl()) {
            fill("k", "old");
            putFor("k", Duration.ofSeconds(1));
            advance(Duration.ofSeconds(1));
            assertThat(get(store(), "k")).as("an expired value must not give way to the one it replaced").isEmpty();
            assertThat(content(store())).isEmpty();
        }
    }

    @Test
    default void anExpiredKeyCanBePutAgain() {
        if (hasTtl()) {
            putFor("k", Duration.ofSeconds(1));
            advance(Duration.ofSeconds(5));
            assertThat(store().putIfAbsent(bytes("k"), bytes("new"))).isEmpty();
            assertThat(get(store(), "k")).contains("new");
        }
    }

    @Test
    default void batchesAndTransactionsKeepTimesToLive() {
        if (hasTtl()) {
            PutOptions ttl = PutOptions.ttl(Duration.ofSeconds(10));
            try (KVBatch batch = store().batchBegin()) {
                batch.put(bytes("b"), bytes("b"), ttl);
                put(batch, "c", "c");
                batch.write();
            }
            try (Transaction transaction = begin()) {
                transaction.put(bytes("t"), bytes("t"), ttl);
                assertThat(get(transaction, "t")).contains("t");
                transaction.commit();
            }
            store().putMany(Map.of(bytes("m"), bytes("m")), ttl, io.sett.api.kv.WriteOptions.defaults());
            assertThat(store().count(new byte[0])).isEqualTo(4);
            advance(Duration.ofSeconds(10));
            assertThat(content(store())).containsExactly("c=c");
        }
    }

    @Test
    default void timesToLiveThatMakeNoSenseAreRefused() {
        for (Duration ttl : new Duration[] {Duration.ZERO, Duration.ofNanos(1), Duration.ofSeconds(-1)}) {
            InvalidOperationException error = failing(InvalidOperationException.class, ErrorCode.INVALID_TTL,
                    () -> store().put(bytes("k"), bytes("v"), PutOptions.ttl(ttl)));
            assertThat(error.getMessage()).contains(ttl.toString());
        }
    }

    @Test
    default void aTimeToLiveOfAgesDoesNotOverflow() {
        if (hasTtl()) {
            putFor("k", Duration.ofDays(365_000));
            advance(Duration.ofDays(3650));
            assertThat(get(store(), "k")).contains("k");
        }
    }

    @Test
    default void timesToLiveSurviveReopening() {
        if (hasTtl() && offers(Capability.PERSISTENT)) {
            putFor("gone", Duration.ofSeconds(10));
            putFor("stays", Duration.ofHours(10));
            fixture().reopen();
            assertThat(get(store(), "gone")).contains("gone");
            advance(Duration.ofMinutes(1));
            assertThat(content(store())).containsExactly("stays=stays");
            fixture().reopen();
            assertThat(content(store())).containsExactly("stays=stays");
        }
    }

    @Test
    default void metadataIsKeptOrRefused() {
        PutOptions options = PutOptions.defaults().withMetadata((byte) 0x7f);
        if (!offers(Capability.USER_METADATA)) {
            refuses(Capability.USER_METADATA, () -> store().put(bytes("k"), bytes("v"), options));
            assertThat(content(store())).isEmpty();
            return;
        }
        store().put(bytes("k"), bytes("v"), options);
        store().put(bytes("n"), bytes("v"), PutOptions.defaults().withMetadata((byte) -1));
        fill("plain", "v");
        assertThat(metadata("k")).contains((byte) 0x7f);
        assertThat(metadata("n")).contains((byte) -1);
        assertThat(metadata("plain")).contains((byte) 0);
        try (Transaction transaction = begin()) {
            transaction.put(bytes("t"), bytes("v"), options);
            assertThat(transaction.entry(bytes("t")).map(KVEntry::metadata)).contains((byte) 0x7f);
            transaction.commit();
        }
        assertThat(metadata("t")).contains((byte) 0x7f);
        fill("k", "again");
        assertThat(metadata("k")).as("a put without metadata sets it to 0").contains((byte) 0);
        if (offers(Capability.PERSISTENT)) {
            fixture().reopen();
            assertThat(metadata("n")).contains((byte) -1);
            assertThat(text(store().get(bytes("n")))).contains("v");
        }
    }

    private Optional<Byte> metadata(String key) {
        return store().entry(bytes(key)).map(KVEntry::metadata);
    }
}
