// SPDX-License-Identifier: Apache-2.0
package io.sett.spi;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import java.util.Map;

/** The elements of a glob pattern, one at a time. */
final class GlobSyntax {

    private GlobSyntax() {
    }

    static void check(String pattern) {
        for (int i = 0; i < pattern.length(); i = next(pattern, i)) {
            boolean openSet = pattern.charAt(i) == '[' && setEnd(pattern, i) < 0;
            boolean lastBackslash = pattern.charAt(i) == '\\' && i + 1 == pattern.length();
            if (openSet || lastBackslash) {
                throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT, "pattern \"" + pattern + "\" has "
                        + (openSet ? "a '[' without ']'" : "a '\\' at its end") + " at index " + i
                        + "; write \\" + pattern.charAt(i) + " for the character itself", Map.of("index", i));
            }
        }
    }

    /** The index of the element behind the one at {@code at}. */
    static int next(String pattern, int at) {
        return switch (pattern.charAt(at)) {
            case '\\' -> Math.min(at + 2, pattern.length());
            case '[' -> {
                int end = setEnd(pattern, at);
                yield end < 0 ? at + 1 : end + 1;
            }
            default -> at + 1;
        };
    }

    static boolean matchesOne(String pattern, int at, char character) {
        return switch (pattern.charAt(at)) {
            case '?' -> true;
            case '\\' -> pattern.charAt(at + 1) == character;
            case '[' -> inSet(pattern, at, setEnd(pattern, at), character);
            default -> pattern.charAt(at) == character;
        };
    }

    private static int setEnd(String pattern, int open) {
        int i = open + 1;
        if (i < pattern.length() && (pattern.charAt(i) == '!' || pattern.charAt(i) == '^')) {
            i++;
        }
        if (i < pattern.length() && pattern.charAt(i) == ']') {
            i++;
        }
        return pattern.indexOf(']', i);
    }

    private static boolean inSet(String pattern, int open, int close, char character) {
        int i = open + 1;
        boolean negated = pattern.charAt(i) == '!' || pattern.charAt(i) == '^';
        if (negated) {
            i++;
        }
        boolean found = false;
        while (i < close) {
            boolean range = i + 2 < close && pattern.charAt(i + 1) == '-';
            char low = pattern.charAt(i);
            char high = range ? pattern.charAt(i + 2) : low;
            found |= low <= character && character <= high;
            i += range ? 3 : 1;
        }
        return found != negated;
    }
}
