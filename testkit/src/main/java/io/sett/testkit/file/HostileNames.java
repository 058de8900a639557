// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.file;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Names that every file store must refuse, on every system, whatever the system itself would do with them. */
public final class HostileNames {

    private static final List<String> STEPS = List.of(".", "..", "...", "....", ". ", ".. ", " .", " ..", ". .");
    private static final List<String> DEVICES = List.of("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "COM1", "COM5",
            "COM9", "LPT1", "LPT5", "LPT9", "COM\u00b9", "COM\u00b2", "COM\u00b3", "LPT\u00b9", "LPT\u00b2",
            "LPT\u00b3");
    private static final String FORBIDDEN = "<>:\"\\|?*";
    private static final String CONTROLS = "\0\u0001\u0007\b\t\n\u000b\f\r\u001a\u001b\u001f\u007f";
    private static final List<String> DECOMPOSED = List.of("a\u0308", "e\u0301", "u\u0308", "n\u0303", "A\u030a",
            "\u212b", "\u1100\u1161", "o\u0302\u0323", "\u2126", "\u0344");
    private static final List<String> SURROGATES = List.of("\ud800", "\udc00", "\udbff", "\udfff", "\udc00\ud800",
            "\ud800\ud800\udc00");

    private HostileNames() {
    }

    /** All of them, at least 200. */
    public static List<String> all() {
        Set<String> names = new LinkedHashSet<>(List.of("", "/", "//", "/etc/passwd", "//a", "a/", "a//b", "///",
                "../../../../../../etc/passwd", "a/../../b", "..\\..\\a", "\\\\server\\share\\a", "C:\\a", "C:/a", "C:",
                "c:a", "file:///etc/passwd", "a:$DATA", "a::$INDEX_ALLOCATION", "~\0", "/~", "%2e%2e/../a",
                "a/b/../../..", "\u0000/a"));
        for (String step : STEPS) {
            Collections.addAll(names, step, step + "/a", "a/" + step, "a/" + step + "/b");
        }
        for (String device : DEVICES) {
            Collections.addAll(names, device, device.toLowerCase(java.util.Locale.ROOT), "d/" + device, device + ".txt",
                    device + "/a", device + " .x");
        }
        for (String bad : characters(FORBIDDEN + CONTROLS)) {
            Collections.addAll(names, bad, "a" + bad + "b", "d/" + bad);
        }
        for (String bad : SURROGATES) {
            Collections.addAll(names, bad, "a" + bad, "d/" + bad + "b");
        }
        for (String twin : DECOMPOSED) {
            Collections.addAll(names, twin, "d/" + twin);
        }
        Collections.addAll(names, "a ", " a", "a.", "a..", "d /b", "d./b", " d/b", "d/b ", "d/b.", "a. ", "a .");
        Collections.addAll(names, "x".repeat(256), "\u00e4".repeat(128), "d/" + "y".repeat(300), "z".repeat(300),
                String.join("/", Collections.nCopies(800, "abcd")), "\u65e5".repeat(86), "x".repeat(4000),
                String.join("/", Collections.nCopies(300, "abcd")));
        return new ArrayList<>(names);
    }

    private static List<String> characters(String text) {
        return text.chars().mapToObj(c -> String.valueOf((char) c)).toList();
    }

    /** A name for messages. */
    static String shown(String name) {
        StringBuilder text = new StringBuilder();
        for (char c : name.substring(0, Math.min(40, name.length())).toCharArray()) {
            text.append(c < 0x20 || c > 0x7e ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return text + (name.length() > 40 ? "… (" + name.length() + ")" : "");
    }
}
