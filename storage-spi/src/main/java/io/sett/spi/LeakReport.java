// SPDX-License-Identifier: Apache-2.0
package io.sett.spi;

import io.sett.api.event.EventType;
import io.sett.api.event.StorageEvent;
import io.sett.spi.log.Loggers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;

/** Tells the log and the listener of what was left open. */
final class LeakReport {

    private static final Logger LOG = Loggers.of(LeakReport.class);

    private LeakReport() {
    }

    static void publish(EngineContext context, List<HandleTracker.Leak> leaks) {
        for (HandleTracker.Leak leak : leaks) {
            String message = context.kind().label() + " '" + context.name() + "' was closed while a " + leak.what()
                    + " was open; it was closed too. Close it yourself, best by try-with-resources";
            Map<String, String> details = new LinkedHashMap<>();
            details.put("what", leak.what());
            if (leak.openedAt() == null) {
                LOG.warn("{} (its opening stack was not recorded)", message);
            } else {
                LOG.warn(message, leak.openedAt());
                details.put("opened_at", stack(leak.openedAt()));
            }
            context.events().onEvent(StorageEvent.of(context.clock().instant(), context.name(), context.kind(),
                    EventType.LEAK, message, details));
        }
    }

    private static String stack(Throwable openedAt) {
        return Arrays.stream(openedAt.getStackTrace()).map(frame -> "at " + frame).collect(Collectors.joining("\n"));
    }
}
