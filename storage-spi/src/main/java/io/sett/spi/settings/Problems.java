// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.settings;

import io.sett.api.error.ConfigurationException;
import io.sett.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects everything that is wrong with a configuration, to report it in one exception. Not thread-safe. */
public final class Problems {

    private final List<String> lines = new ArrayList<>();

    /** Nothing found yet. */
    public Problems() {
    }

    /** A value that is not allowed. */
    public void add(String path, String value, String origin, String rule, Optional<String> defaultText) {
        lines.add(path + " = " + value + " (" + origin + ") " + rule
                + defaultText.map(text -> "; default " + text).orElse(""));
    }

    /** A key that nobody knows, with the likeliest spelling if there is one. */
    public void unknown(String path, String origin, Optional<String> suggestion) {
        lines.add(unknownText(path, origin, suggestion));
    }

    /** Any other problem, as a whole sentence with its origin. */
    public void add(String sentence) {
        lines.add(sentence);
    }

    static String unknownText(String path, String origin, Optional<String> suggestion) {
        return path + " (" + origin + ") is not a known key"
                + suggestion.map(text -> "; did you mean " + text + "?").orElse("");
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /** One line a problem, in the order found. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /**
     * Throws all problems at once, if there are any.
     *
     * @param what the thing configured, for the first line of the message
     */
    public void throwIfAny(String what) {
        if (lines.isEmpty()) {
            return;
        }
        Map<String, String> details = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            details.put("problem" + (i + 1), lines.get(i));
        }
        throw new ConfigurationException(ErrorCode.INVALID_CONFIG, what + " has "
                + (lines.size() == 1 ? "1 problem" : lines.size() + " problems") + ":\n  - "
                + String.join("\n  - ", lines), details);
    }
}
