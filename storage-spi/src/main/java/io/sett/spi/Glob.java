// SPDX-License-Identifier: Apache-2.0
package io.sett.spi;

/**
 * A pattern over names: {@code *} any characters (also {@code /}), {@code ?} one character, {@code [a-z]} and
 * {@code [!a-z]} one of a set, {@code \} takes the next character as it is. The empty pattern matches everything.
 *
 * <p>Matching takes time proportional to pattern times name at worst and proportional to the name for one {@code *}:
 * after a mismatch only the last {@code *} is tried again, never all of them (the JDK's own glob backtracks over every
 * star). Immutable, safe for many threads.
 */
public final class Glob {

    private final String pattern;

    private Glob(String pattern) {
        this.pattern = pattern;
    }

    /**
     * A pattern.
     *
     * @throws io.sett.api.error.InvalidOperationException when a set is not closed or a backslash ends it
     */
    public static Glob of(String pattern) {
        GlobSyntax.check(pattern);
        return new Glob(pattern);
    }

    /** Whether everything matches. */
    public boolean matchesAll() {
        return pattern.isEmpty() || pattern.equals("*");
    }

    /** What every matching name begins with: the part before the first special character. */
    public String literalPrefix() {
        int end = 0;
        while (end < pattern.length() && "*?[\\".indexOf(pattern.charAt(end)) < 0) {
            end++;
        }
        return pattern.substring(0, end);
    }

    /** Whether the whole name matches. */
    public boolean matches(CharSequence name) {
        if (matchesAll()) {
            return true;
        }
        int p = 0;
        int n = 0;
        int starPattern = -1;
        int starName = -1;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                starPattern = ++p;
                starName = n;
            } else if (p < pattern.length() && GlobSyntax.matchesOne(pattern, p, name.charAt(n))) {
                p = GlobSyntax.next(pattern, p);
                n++;
            } else if (starPattern >= 0) {
                p = starPattern;
                n = ++starName;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    @Override
    public String toString() {
        return pattern;
    }
}
