// SPDX-License-Identifier: Apache-2.0
package io.sett.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.cache.CacheStore;
import io.sett.jcache.spi.SettCachingProvider;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the compatibility kit of the standard does not ask: engine, settings, store, order of events. */
@Timeout(60)
class JcacheTest {

    private final SettCachingProvider provider = new SettCachingProvider();
    private final CacheManager manager = provider.getCacheManager();

    @AfterEach
    void close() {
        provider.close();
    }

    private static <K, V> SettCacheConfiguration<K, V> configuration(Class<K> keys, Class<V> values) {
        SettCacheConfiguration<K, V> configuration = new SettCacheConfiguration<>();
        configuration.setTypes(keys, values);
        return configuration;
    }

    @Test
    void theStoreBelowCanBeReadByItsKeys() {
        Cache<Object, Object> cache = manager.createCache("mixed", configuration(Object.class, Object.class));
        cache.put("user/7", "Ann");
        cache.put(42L, 1);
        cache.put(42, true);
        cache.put(List.of("a", "b"), new byte[] {1, 2});

        CacheStore store = cache.unwrap(CacheStore.class);
        assertThat(store.name()).isEqualTo("mixed");
        assertThat(store.keys("?:*")).hasSize(4).contains("s:user/7", "l:42", "i:42");
        assertThat(cache.get("user/7")).isEqualTo("Ann");
        assertThat(cache.get(42L)).isEqualTo(1);
        assertThat(cache.get(42)).isEqualTo(true);
        assertThat(cache.get(new ArrayList<>(List.of("a")))).isNull();
        assertThat(cache.get(List.of("a", "b"))).isEqualTo(new byte[] {1, 2});
    }

    @Test
    void stringsThatUtf8CannotHoldAreKept() {
        Cache<String, String> cache = manager.createCache("halves", configuration(String.class, String.class));
        cache.put("\ud800", "\udc00x");
        cache.put("?", "question");

        assertThat(cache.get("\ud800")).isEqualTo("\udc00x");
        assertThat(cache.get("?")).isEqualTo("question");
    }

    @Test
    void settingsReachTheEngine() {
        Cache<String, byte[]> cache = manager.createCache("small", configuration(String.class, byte[].class)
                .withSetting("performance.memory_limit", "1MB").withSetting("eviction_policy", "fifo"));
        for (int i = 0; i < 3000; i++) {
            cache.put("key" + i, new byte[1000]);
        }

        assertThat(cache.unwrap(CacheStore.class).capacity()).isEqualTo(1 << 20);
        assertThat(cache.get("key0")).isNull();
        assertThat(cache.get("key2999")).hasSize(1000);
    }

    @Test
    void wrongSettingsAndEnginesAreNamed() {
        assertThatThrownBy(() -> manager.createCache("wrong", configuration(String.class, String.class)
                .withSetting("evicton_policy", "lru"))).isInstanceOf(CacheException.class)
                .hasMessageContaining("cache 'wrong'").hasMessageContaining("eviction_policy");
        assertThatThrownBy(() -> manager.createCache("wrong", configuration(String.class, String.class)
                .withEngine("nonesuch"))).isInstanceOf(CacheException.class).hasMessageContaining("nonesuch");
        assertThat(manager.getCacheNames()).isEmpty();
    }

    @Test
    void storingByReferenceIsRefused() {
        assertThatThrownBy(() -> manager.createCache("reference", new MutableConfiguration<String, String>()
                .setStoreByValue(false))).isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("by value");
    }

    @Test
    void objectsThatCannotBeSerializedAreNamed() {
        Cache<String, Object> cache = manager.createCache("objects", configuration(String.class, Object.class));

        assertThatThrownBy(() -> cache.put("key", new Object())).isInstanceOf(CacheException.class)
                .hasMessageContaining("java.lang.Object").hasMessageContaining("serializable");
        assertThat(cache.containsKey("key")).isFalse();
    }

    @Test
    void aConfigurationOfTheCacheIsACopy() {
        SettCacheConfiguration<String, String> given = configuration(String.class, String.class)
                .withSetting("shards", "16");
        Cache<String, String> cache = manager.createCache("copy", given);
        given.withSetting("shards", "32");

        SettCacheConfiguration<?, ?> kept = cache.getConfiguration(SettCacheConfiguration.class);
        assertThat(kept.settings()).containsEntry("shards", "16").containsEntry("ttl.min_ttl", "1ms");
        assertThat(kept.engine()).isEqualTo("memory");
        assertThat(kept).isNotEqualTo(given);
    }

    /** Writes down what it hears. */
    static final class Heard implements CacheEntryCreatedListener<String, Integer>,
            CacheEntryUpdatedListener<String, Integer>, CacheEntryExpiredListener<String, Integer>, Serializable {

        private static final long serialVersionUID = 1;

        private final transient BlockingQueue<String> events = new LinkedBlockingQueue<>();

        private void add(Iterable<CacheEntryEvent<? extends String, ? extends Integer>> all) {
            all.forEach(event -> events.add(event.getEventType() + " " + event.getKey() + " " + event.getValue()));
        }

        @Override
        public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends Integer>> all) {
            add(all);
        }

        @Override
        public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends Integer>> all) {
            add(all);
        }

        @Override
        public void onExpired(Iterable<CacheEntryEvent<? extends String, ? extends Integer>> all) {
            add(all);
        }
    }

    private static void listen(Cache<String, Integer> cache, Heard heard, boolean synchronous) {
        Factory<CacheEntryListener<? super String, ? super Integer>> factory = () -> heard;
        cache.registerCacheEntryListener(new MutableCacheEntryListenerConfiguration<>(factory, null, true,
                synchronous));
    }

    @Test
    void eventsOfAKeyComeInTheirOrderWhoeverCausesThem() throws InterruptedException {
        Cache<String, Integer> cache = manager.createCache("ordered", configuration(String.class, Integer.class));
        Heard prompt = new Heard();
        Heard late = new Heard();
        listen(cache, prompt, true);
        listen(cache, late, false);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 500; i++) {
                    cache.invoke("key", (entry, arguments) -> {
                        entry.setValue(entry.exists() ? entry.getValue() + 1 : 1);
                        return null;
                    });
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        List<String> expected = new ArrayList<>(List.of("CREATED key 1"));
        for (int i = 2; i <= 2000; i++) {
            expected.add("UPDATED key " + i);
        }
        assertThat(prompt.events).containsExactlyElementsOf(expected);
        List<String> heard = new ArrayList<>();
        while (heard.size() < expected.size()) {
            heard.add(late.events.take());
        }
        assertThat(heard).isEqualTo(expected);
    }

    @Test
    void expiredEntriesAreToldWithoutAnyCall() throws InterruptedException {
        SettCacheConfiguration<String, Integer> configuration = configuration(String.class, Integer.class);
        configuration.setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 20)));
        Cache<String, Integer> cache = manager.createCache("short", configuration);
        Heard heard = new Heard();
        listen(cache, heard, true);
        cache.put("key", 1);

        assertThat(heard.events.take()).isEqualTo("CREATED key 1");
        assertThat(heard.events.take()).isEqualTo("EXPIRED key 1");
        assertThat(cache.containsKey("key")).isFalse();
    }

    @Test
    void aListenerMayCallTheCache() {
        Cache<String, Integer> cache = manager.createCache("calling", configuration(String.class, Integer.class));
        Factory<CacheEntryListener<? super String, ? super Integer>> factory = () ->
                (CacheEntryCreatedListener<String, Integer>) events -> events.forEach(event -> {
                    if (event.getValue() < 5) {
                        cache.put(event.getKey() + "+", event.getValue() + 1);
                    }
                });
        cache.registerCacheEntryListener(new MutableCacheEntryListenerConfiguration<>(factory, null, false, true));
        cache.put("a", 1);

        assertThat(cache.getAll(java.util.Set.of("a", "a+", "a++", "a+++", "a++++"))).isEqualTo(
                Map.of("a", 1, "a+", 2, "a++", 3, "a+++", 4, "a++++", 5));
    }

    @Test
    void closingTheProviderClosesTheStores() {
        Cache<String, Integer> cache = manager.createCache("closed", configuration(String.class, Integer.class));
        CacheStore store = cache.unwrap(CacheStore.class);
        provider.close();

        assertThat(store.isOpen()).isFalse();
        assertThat(cache.isClosed()).isTrue();
        assertThat(manager.isClosed()).isTrue();
        assertThatThrownBy(() -> cache.get("key")).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cache 'closed' is closed");
        assertThat(provider.getCacheManager()).isNotSameAs(manager);
    }
}
