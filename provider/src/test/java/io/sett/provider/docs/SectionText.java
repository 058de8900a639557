// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.docs;

import io.sett.spi.settings.Reload;
import io.sett.spi.settings.Setting;
import io.sett.spi.settings.SettingsSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One section in the two forms in which it is published.
 *
 * @param name below {@code storage}; empty for what lies directly below it
 * @param title a sentence about it
 * @param schema its settings
 */
record SectionText(String name, String title, SettingsSchema schema) {

    private static final int WIDTH = 116;

    /** The lines of {@code reference.conf}, without the root. */
    List<String> conf() {
        List<String> lines = new ArrayList<>();
        String indent = name.isEmpty() ? "  " : "    ";
        lines.addAll(wrap("  # ", title));
        if (!name.isEmpty()) {
            lines.add("  " + name + " {");
        }
        for (Setting<?> setting : schema.settings()) {
            lines.add("");
            lines.addAll(wrap(indent + "# ", setting.description()));
            lines.addAll(wrap(indent + "# ", facts(setting)));
            lines.add(indent + setting.path() + " = " + setting.defaultText());
        }
        if (!name.isEmpty()) {
            lines.add("  }");
        }
        return lines;
    }

    private String facts(Setting<?> setting) {
        List<String> facts = new ArrayList<>();
        facts.add("Type: " + setting.type().label());
        if (!setting.unit().isEmpty()) {
            facts.add("unit: " + setting.unit());
        }
        if (!setting.range().isEmpty()) {
            facts.add("allowed: " + setting.range());
        }
        facts.add("a change takes effect " + effect(setting));
        String aliases = aliases(setting);
        if (!aliases.isEmpty()) {
            facts.add("also accepted as " + aliases);
        }
        return String.join("; ", facts) + ".";
    }

    private static String effect(Setting<?> setting) {
        return setting.reload() == Reload.LIVE ? "at once" : "when the store is opened again";
    }

    private String aliases(Setting<?> setting) {
        return schema.aliases().entrySet().stream().filter(alias -> alias.getValue().equals(setting.path()))
                .map(Map.Entry::getKey).collect(Collectors.joining(", "));
    }

    /** The lines of the page. */
    List<String> page() {
        List<String> lines = new ArrayList<>();
        lines.add("## storage" + (name.isEmpty() ? "" : "." + name));
        lines.add("");
        lines.add(title);
        lines.add("");
        lines.add("| key | default | allowed | takes effect | meaning |");
        lines.add("|---|---|---|---|---|");
        for (Setting<?> setting : schema.settings()) {
            String aliases = aliases(setting);
            lines.add("| `" + setting.path() + "` | `" + setting.defaultText() + "` | " + allowed(setting) + " | "
                    + (setting.reload() == Reload.LIVE ? "at once" : "reopen") + " | "
                    + setting.description().replace("|", "\\|")
                    + (aliases.isEmpty() ? "" : " Also accepted: `" + aliases.replace(", ", "`, `") + "`.") + " |");
        }
        lines.add("");
        return lines;
    }

    private static String allowed(Setting<?> setting) {
        String unit = setting.unit().isEmpty() ? "" : " (" + setting.unit() + ")";
        return setting.type().label() + (setting.range().isEmpty() ? "" : ", " + setting.range()) + unit;
    }

    static List<String> wrap(String prefix, String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(prefix);
        for (String word : text.split(" ")) {
            if (line.length() + word.length() + 1 > WIDTH && line.length() > prefix.length()) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(prefix);
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
