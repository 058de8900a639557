// SPDX-License-Identifier: Apache-2.0
package io.sett.jcache.internal;

import io.sett.spi.log.Loggers;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Closes what an application gave a cache: its loader, writer, listeners, expiry policy. */
final class Closeables {

    private static final Logger LOG = Loggers.of(Closeables.class);

    private Closeables() {
    }

    /** Closes it when it can be closed; a failure is logged, since the cache is closed in any case. */
    static void close(@Nullable Object part) {
        if (part instanceof Closeable closeable) {
            try {
                closeable.close();
            } catch (IOException | RuntimeException e) {
                LOG.warn("closing {} failed", part.getClass().getName(), e);
            }
        }
    }
}
