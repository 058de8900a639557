// SPDX-License-Identifier: Apache-2.0
package io.sett.spi;

import java.util.Map;

/** The artifacts of the engines that belong to the library, to name the one that is probably missing. */
final class KnownEngines {

    private static final Map<String, String> ARTIFACTS = Map.of(
            "badger", "io.sett:engine-lsm (module io.sett.engine.lsm)",
            "lsm", "io.sett:engine-lsm (module io.sett.engine.lsm)",
            "memory", "io.sett:engine-memcache (module io.sett.engine.memcache)",
            "file", "io.sett:engine-file (module io.sett.engine.file)",
            "kvfile", "io.sett:engine-file (module io.sett.engine.file)",
            "temp", "io.sett:engine-file (module io.sett.engine.file)",
            "sqlite", "io.sett:engine-sqlite (module io.sett.engine.sqlite)");

    private KnownEngines() {
    }

    static String hint(String id) {
        String artifact = ARTIFACTS.get(id);
        return artifact == null
                ? "add the jar of that engine to the module path or class path"
                : "add " + artifact + " to the module path or class path";
    }
}
