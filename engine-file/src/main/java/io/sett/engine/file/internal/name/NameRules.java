// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.name;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
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
    private static final Set<String> DEVICES = Set.of("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$");
    private static final Set<String> NUMBERED_DEVICES = Set.of("COM", "LPT");
    private static final String DEVICE_NUMBERS = "123456789\u00b9\u00b2\u00b3";
    private static final char FIRST_COMBINING = '\u0300';

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
        Optional<String> character = characterFault(name);
        if (character.isPresent()) {
            return character;
        }
        if (mayBeDecomposed(name) && !Normalizer.isNormalized(name, Normalizer.Form.NFC)) {
            return Optional.of("it is not in Unicode normal form C; some systems would take it for another name");
        }
        for (String part : name.split("/", -1)) {
            Optional<String> fault = partFault(part);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
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
        return isDevice(base) ? Optional.of("'" + base + "' is a device name on Windows") : Optional.empty();
    }

    private static boolean isDevice(String base) {
        return DEVICES.contains(base) || base.length() == 4 && NUMBERED_DEVICES.contains(base.substring(0, 3))
                && DEVICE_NUMBERS.indexOf(base.charAt(3)) >= 0;
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

    /** Asked first, because most names are plain and the tables of Unicode take time to load. */
    private static boolean mayBeDecomposed(String name) {
        return name.chars().anyMatch(c -> c >= FIRST_COMBINING);
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
