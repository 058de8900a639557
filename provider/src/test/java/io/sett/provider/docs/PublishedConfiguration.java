// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.docs;

import io.sett.provider.StorageConfig;
import io.sett.provider.StorageProviders;
import io.sett.spi.EngineRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The text of every published file, made from the settings in code. */
final class PublishedConfiguration {

    private static final Map<String, List<String>> SECTIONS_OF_MODULES = new LinkedHashMap<>();
    private static final Map<String, String> TITLES = new LinkedHashMap<>();

    static {
        SECTIONS_OF_MODULES.put("provider", List.of("", "enabled_stores", "default_engines", "performance"));
        SECTIONS_OF_MODULES.put("engine-lsm", List.of("badger"));
        SECTIONS_OF_MODULES.put("engine-memcache", List.of("memory"));
        SECTIONS_OF_MODULES.put("engine-file", List.of("file", "kvfile", "temp"));
        SECTIONS_OF_MODULES.put("engine-sqlite", List.of("sqlite"));
        TITLES.put("", "Settings of all stores together.");
        TITLES.put("enabled_stores", "Which engines may be used. Those of third parties may unless switched off here.");
        TITLES.put("default_engines", "Which engine a store of each kind uses that names none.");
        TITLES.put("performance", "Shared by all engines: a value that is set here holds for each engine that has a"
                + " setting of this name (max_open_conns, max_idle_conns and conn_max_lifetime for the first three), in"
                + " its section or in performance below it, and no value of its own there.");
        TITLES.put("badger", "The LSM engine: key-value stores on disk. storage.lsm is another name of this section.");
        TITLES.put("memory", "The memory engine: caches, and key-value stores in memory.");
        TITLES.put("file", "The file engine.");
        TITLES.put("kvfile", "Files in a key-value store of any engine.");
        TITLES.put("temp", "Temporary files that vanish.");
        TITLES.put("sqlite", "The SQLite engine: SQL stores, and key-value stores on a table.");
    }

    private final StorageConfig config = StorageProviders.from(Map.of()).withEngines(EngineRegistry.discover()).load();

    static List<String> modules() {
        return List.copyOf(SECTIONS_OF_MODULES.keySet());
    }

    /** Whether a key is declared by a module. */
    static boolean belongs(String key, String module) {
        String below = key.substring("storage.".length());
        int dot = below.indexOf('.');
        return SECTIONS_OF_MODULES.get(module).contains(dot < 0 ? "" : below.substring(0, dot));
    }

    static Path referenceFile(Path project, String module) {
        return project.resolve(module).resolve("src/main/resources/reference.conf");
    }

    static Path page(Path project) {
        return project.resolve("docs/configuration.md");
    }

    private List<SectionText> sections(String module) {
        return SECTIONS_OF_MODULES.get(module).stream().map(name -> new SectionText(name, TITLES.get(name),
                config.section(name).orElseThrow(() -> new IllegalStateException("the engine of the section " + name
                        + " is not on the class path")).schema())).toList();
    }

    String referenceText(String module) {
        List<String> lines = new ArrayList<>();
        lines.add("# Every setting of " + module + " with its default, made from the code: do not edit by hand.");
        lines.add("# Sizes are bytes, or text with a unit: KB, MB, GB, TB are powers of 1024, \"1GB\" is 1073741824.");
        lines.add("# Times are text with a unit: ns, us, ms, s, m, h, d, also joined as in \"1h30m\".");
        lines.add("storage {");
        for (SectionText section : sections(module)) {
            lines.add("");
            lines.addAll(section.conf());
        }
        lines.add("}");
        return String.join("\n", lines) + "\n";
    }

    String pageText() {
        List<String> lines = new ArrayList<>();
        lines.add(resource("/configuration-head.md").stripTrailing());
        lines.add("");
        modules().forEach(module -> sections(module).forEach(section -> lines.addAll(section.page())));
        return String.join("\n", lines).stripTrailing() + "\n";
    }

    private static String resource(String name) {
        try (InputStream in = PublishedConfiguration.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
