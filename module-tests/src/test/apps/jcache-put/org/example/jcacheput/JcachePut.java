// SPDX-License-Identifier: Apache-2.0
package org.example.jcacheput;

import java.util.ServiceLoader;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;

/** Puts and gets through the standard, and knows nothing of what serves it. */
public final class JcachePut {

    private JcachePut() {
    }

    /** Runs it. */
    public static void main(String[] arguments) {
        CachingProvider provider = ServiceLoader.load(CachingProvider.class).iterator().next();
        try (CacheManager manager = provider.getCacheManager()) {
            Cache<String, Integer> cache = manager.createCache("numbers",
                    new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class));
            cache.put("one", 1);
            System.out.println("one is " + cache.get("one") + ", kept by " + provider.getClass().getName());
        }
    }
}
