// SPDX-License-Identifier: Apache-2.0
package io.sett.spi;

import io.sett.api.common.StoreKind;
import java.util.List;
import java.util.Set;

/**
 * What a search for engines found: those that can be used, and those that could not be loaded and why.
 *
 * @param engines usable ones, sorted by id
 * @param failures those that could not be loaded, with the reason
 */
public record DiscoveryReport(List<Found> engines, List<Failure> failures) {

    /**
     * A usable engine.
     *
     * @param id its id
     * @param aliases other ids
     * @param kinds what it offers
     * @param spiVersion what it was built for
     * @param origin jar or directory, and module
     */
    public record Found(String id, Set<String> aliases, Set<StoreKind> kinds, SpiVersion spiVersion, String origin) {
    }

    /**
     * An engine that could not be loaded.
     *
     * @param what the service as far as it is known
     * @param reason what happened
     */
    public record Failure(String what, String reason) {
    }

    /** Copies the lists. */
    public DiscoveryReport {
        engines = List.copyOf(engines);
        failures = List.copyOf(failures);
    }

    /** The report for people, one line an engine. */
    public String describe() {
        StringBuilder text = new StringBuilder();
        if (engines.isEmpty()) {
            text.append("no engine was found");
        }
        for (Found engine : engines) {
            text.append(text.isEmpty() ? "" : "\n").append("engine '").append(engine.id()).append("'")
                    .append(engine.aliases().isEmpty() ? "" : " (also " + String.join(", ", engine.aliases()) + ")")
                    .append(" for ").append(String.join(", ", engine.kinds().stream().map(StoreKind::label).sorted()
                            .toList())).append(", SPI ").append(engine.spiVersion()).append(", from ")
                    .append(engine.origin());
        }
        for (Failure failure : failures) {
            text.append("\nnot usable: ").append(failure.what()).append(": ").append(failure.reason());
        }
        return text.toString();
    }
}
