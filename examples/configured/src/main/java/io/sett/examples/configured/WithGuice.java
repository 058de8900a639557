// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.configured;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.sett.api.StorageProvider;
import io.sett.api.cache.CacheStore;
import io.sett.api.kv.KVStore;
import io.sett.provider.StorageModule;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.nio.file.Path;

/** A shop whose stores are injected by the names that the configuration gives them. */
public final class WithGuice {

    private final KVStore orders;
    private final KVStore drafts;
    private final CacheStore sessions;

    @Inject
    WithGuice(@Named("orders") KVStore orders, @Named("drafts") KVStore drafts,
            @Named("sessions") CacheStore sessions) {
        this.orders = orders;
        this.drafts = drafts;
        this.sessions = sessions;
    }

    /** The program; its argument is the configuration, {@code conf/storage.yaml} without one. */
    public static void main(String[] arguments) {
        Path configuration = Path.of(arguments.length > 0 ? arguments[0] : "conf/storage.yaml");
        Injector injector = Guice.createInjector(StorageModule.from(configuration));
        try (StorageProvider storage = injector.getInstance(StorageProvider.class)) {
            injector.getInstance(WithGuice.class).order();
            storage.stores().forEach(store -> System.out.println(store.id() + " is on " + store.engine()));
        }
    }

    private void order() {
        drafts.put(bytes("order 1"), bytes("2 loaves"));
        sessions.set("alice", bytes("order 1"));
        byte[] order = sessions.getOrThrow("alice");
        orders.put(order, drafts.getOrThrow(order));
        drafts.delete(order);
        System.out.println(text(order) + ": " + text(orders.getOrThrow(order)));
        System.out.println("drafts left: " + drafts.count(new byte[0]));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
