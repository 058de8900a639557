// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.common.StoreKind;
import io.sett.api.event.EventType;
import io.sett.api.event.Severity;
import io.sett.api.event.StorageEvent;
import io.sett.engine.lsm.internal.io.FileNames;
import io.sett.engine.lsm.internal.jfr.Flight;
import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.spi.EngineContext;
import io.sett.spi.log.Loggers;
import java.util.List;
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
        deliver(event);
    }

    /** What a listener throws is its own affair. */
    private void deliver(StorageEvent event) {
        try {
            context.events().onEvent(event);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            LOG.warn("store '{}': the listener failed on {}, the store goes on", context.name(), event.type(), e);
        }
    }

    /** The name of the store. */
    String store() {
        return context.name();
    }

    /** Tables that were written. */
    void tablesCreated(List<FileMetadata> files) {
        for (FileMetadata file : files) {
            fileCreated("table", FileNames.tableName(file.id()), file.size());
        }
    }

    /** A data file is there. For work in the background. */
    void fileCreated(String kind, String file, long bytes) {
        Flight.tell(Flight.Work.FILE_CREATED, context.name(), file, bytes);
        tell(EventType.FILE_CREATED, "a " + kind + " was made", Map.of("file", file, "kind", kind, "bytes", bytes));
    }

    /** A data file is gone. */
    void fileDeleted(String kind, String file) {
        Flight.tell(Flight.Work.FILE_DELETED, context.name(), file, 0);
        tell(EventType.FILE_DELETED, "a " + kind + " was deleted", Map.of("file", file, "kind", kind));
    }
}
