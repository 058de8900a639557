// SPDX-License-Identifier: Apache-2.0
package io.sett.api;

import io.sett.api.common.Capability;
import io.sett.api.common.StoreKind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An engine that was found.
 *
 * @param id its id ({@code "badger"}), as configuration names it
 * @param aliases further ids it answers to ({@code "lsm"})
 * @param description what it is, in a sentence
 * @param version its own version
 * @param spiVersion the version of the engine interface it was built for
 * @param capabilities for each kind of store it offers, what it can do beyond the common
 * @param defaultFor the kinds for which it is chosen when nothing else is said
 * @param enabled whether the configuration allows its use
 * @param origin where it was found: a module, a jar, or "registered by the program"
 * @param failure why it cannot be used, when it was found and refused or failed to load
 */
public record EngineInfo(String id, List<String> aliases, String description, String version, String spiVersion,
        Map<StoreKind, Set<Capability>> capabilities, Set<StoreKind> defaultFor, boolean enabled, String origin,
        Optional<String> failure) {

    /** Copies the collections. */
    public EngineInfo {
        aliases = List.copyOf(aliases);
        Map<StoreKind, Set<Capability>> copy = new EnumMap<>(StoreKind.class);
        capabilities.forEach((kind, set) -> copy.put(kind, Set.copyOf(set)));
        capabilities = Collections.unmodifiableMap(copy);
        defaultFor = Set.copyOf(defaultFor);
    }

    /** The kinds of stores it offers. */
    public Set<StoreKind> kinds() {
        return capabilities.keySet();
    }

    /** Whether stores can be made with it. */
    public boolean usable() {
        return enabled && failure.isEmpty();
    }
}
