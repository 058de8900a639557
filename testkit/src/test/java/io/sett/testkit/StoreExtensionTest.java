// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit;

import static io.sett.testkit.Bytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.kv.Cursor;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.PutOptions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Stores as parameters. The reference engine is found as a service. */
@Engine("reference")
class StoreExtensionTest {

    /** Tests that are run by tests. */
    @Engine("reference")
    static class Careless {

        @StoreTest
        void leavesACursorOpen(KVStore store) {
            store.put(bytes("a"), bytes("1"));
            Cursor forgotten = store.iterate(bytes("a"));
            assertThat(forgotten.next()).isTrue();
        }

        @StoreTest
        void asksForAnEngineThatIsNotThere(@Engine("nobody") KVStore store) {
            assertThat(store).isNotNull();
        }

        @StoreTest
        void asksForAClockAlone(TestClock clock) {
            assertThat(clock).isNotNull();
        }

        @StoreTest
        @Engine(value = "reference", settings = "persistent")
        void writesASettingWrongly(KVStore store) {
            assertThat(store).isNotNull();
        }
    }

    @StoreTest
    void storesAndClocksAreInjected(KVStore store, TestClock clock, RecordingEvents events) {
        store.put(bytes("a"), bytes("1"), PutOptions.ttl(Duration.ofSeconds(1)));
        assertThat(store.has(bytes("a"))).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(store.has(bytes("a"))).isFalse();
        assertThat(events.all()).isEmpty();
    }

    @StoreTest
    void eachParameterIsAStoreOfItsOwn(KVStore one,
            @Engine(value = "ref", settings = "persistent = true") KVStore two) {
        one.put(bytes("a"), bytes("1"));
        assertThat(two.has(bytes("a"))).isFalse();
        assertThat(one).isNotSameAs(two);
    }

    private static String outcome(String method, Class<?>... parameters) {
        StringBuilder types = new StringBuilder();
        for (Class<?> parameter : parameters) {
            types.append(types.isEmpty() ? "" : ",").append(parameter.getName());
        }
        Map<String, String> results = ContractRun.of(Careless.class, method + "(" + types + ")");
        return results.get(method);
    }

    @Test
    void whatIsLeftOpenFailsTheTestWithTheOpeningStack() {
        assertThat(outcome("leavesACursorOpen", KVStore.class)).contains("left open in store 'test'").contains("cursor")
                .contains("StoreExtensionTest");
    }

    @Test
    void mistakesAreExplained() {
        assertThat(outcome("asksForAnEngineThatIsNotThere", KVStore.class)).contains("no engine 'nobody'")
                .contains("reference");
        assertThat(outcome("asksForAClockAlone", TestClock.class)).contains("add a parameter that is a store");
        assertThat(outcome("writesASettingWrongly", KVStore.class)).contains("name=value");
    }
}
