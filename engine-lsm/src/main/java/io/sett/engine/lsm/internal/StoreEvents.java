// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.common.StoreKind;
import io.sett.api.event.EventType;
import io.sett.api.event.Severity;
import io.sett.api.event.StorageEvent;
import io.sett.spi.EngineContext;
import io.sett.spi.log.Loggers;
import java.util.Map;
import org.slf4j.Logger;

/** Tells the listener of one store what happens. Called outside locks. Any thread. */
final class StoreEvents {

    private static final Logger LOG = Loggers.of(StoreEvents.class);

    private final EngineContext context;

    StoreEvents(EngineContext context) {
        this.context = context;
    }

    void tell(EventType type, String message, Map<String, ?> details) {
        StorageEvent event = StorageEvent.of(context.clock().instant(), context.name(), StoreKind.KEY_VALUE, type,
                message, details);
        Severity severity = event.severity();
        if (severity == Severity.ERROR) {
            LOG.error("store '{}': {} {}", context.name(), message, details);
        } else if (severity == Severity.WARNING) {
            LOG.warn("store '{}': {} {}", context.name(), message, details);
        } else if (severity == Severity.INFO) {
            LOG.info("store '{}': {} {}", context.name(), message, details);
        } else {
            LOG.debug("store '{}': {} {}", context.name(), message, details);
        }
        context.events().onEvent(event);
    }
}
