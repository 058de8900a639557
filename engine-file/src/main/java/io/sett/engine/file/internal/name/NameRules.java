// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.name;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rules for portable names, see the package description of {@code io.sett.api.file}. Pure: no file system is asked.
 */
public final class NameRules {

    private static final int MAX_PART_BYTES = 255;
    private static final int MAX_NAME_BYTES = 1024;
    private static final String FORBIDDEN = "<>:\"\\|?*";
    private static final Set<String> DEVICES = Set.of("CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5",
            "COM6", "COM7", "COM8", "COM9", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9");

    private NameRules() {
    }

    /** Refuses what is no file name. */
    public static String file(String name) {
        if (name.isEmpty()) {
            throw refused(name, "it is empty");
        }
        return directory(name);
    }

    /** Refuses what is no directory name; the empty one is the root. */
    public static String directory(String name) {
        if (!name.isEmpty()) {
            fault(name).ifPresent(fault -> {
                throw refused(name, fault);
            });
        }
        return name;
    }

    /** Refuses what cannot be one part of a name. */
    public static String part(String name) {
        if (name.indexOf('/') >= 0) {
            throw refused(name, "it has a '/'");
        }
        return file(name);
    }

    private static Optional<String> fault(String name) {
        if (name.length() > MAX_NAME_BYTES || bytes(name) > MAX_NAME_BYTES) {
            return Optional.of("it is longer than " + MAX_NAME_BYTES + " bytes in UTF-8");
        }
        if (name.startsWith("/") || name.endsWith("/")) {
            return Optional.of("it begins or ends with '/'; names are relative to the root of the store");
        }
        for (String part : name.split("/", -1)) {
            Optional<String> fault = partFault(part);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return characterFault(name);
    }

    private static Optional<String> partFault(String part) {
        if (part.isEmpty() || part.equals(".") || part.equals("..")) {
            return Optional.of("a part of it is " + (part.isEmpty() ? "empty" : "'" + part + "'"));
        }
        if (part.startsWith(" ") || part.endsWith(" ") || part.endsWith(".")) {
            return Optional.of("a part of it begins with a space or ends with a space or a dot");
        }
        if (bytes(part) > MAX_PART_BYTES) {
            return Optional.of("a part of it is longer than " + MAX_PART_BYTES + " bytes in UTF-8");
        }
        int dot = part.indexOf('.');
        String base = (dot < 0 ? part : part.substring(0, dot)).stripTrailing().toUpperCase(Locale.ROOT);
        return DEVICES.contains(base) ? Optional.of("'" + base + "' is a device name on Windows") : Optional.empty();
    }

    private static Optional<String> characterFault(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean pair = Character.isHighSurrogate(c) && i + 1 < name.length()
                    && Character.isLowSurrogate(name.charAt(i + 1));
            if (pair) {
                i++;
            } else if (c < 0x20 || c == 0x7f || FORBIDDEN.indexOf(c) >= 0 || Character.isSurrogate(c)) {
                return Optional.of(String.format("the character U+%04X at index %d is not portable", (int) c, i));
            }
        }
        return Optional.empty();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The error for a name that is not allowed. */
    public static InvalidOperationException refused(String name, String fault) {
        String shown = printable(name);
        return new InvalidOperationException(ErrorCode.INVALID_NAME, "name '" + shown + "' is not allowed: " + fault,
                Map.of("name", shown));
    }

    /** The name with odd characters escaped and cut after 200, for messages. */
    private static String printable(String name) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(name.length(), 200); i++) {
            char c = name.charAt(i);
            if (c < 0x20 || c == 0x7f || Character.isSurrogate(c)) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        return text + (name.length() > 200 ? "…" : "");
    }
}
