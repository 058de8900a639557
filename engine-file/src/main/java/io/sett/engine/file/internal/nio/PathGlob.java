// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.nio;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * A glob as {@link java.nio.file.FileSystem#getPathMatcher} describes it: {@code *} within one part, {@code **} across
 * parts, {@code ?}, {@code [a-z]}, {@code {a,b}}, backslash. A machine with one state per sign of the pattern reads the
 * path once, so matching takes time proportional to pattern times path, never more (the JDK makes a regular expression
 * of it that may try every way). Immutable.
 */
final class PathGlob {

    /** What a state takes to go on to the next one; one that takes NOTHING goes on at once, to all of them. */
    private record State(CharTest test, int[] next) {
    }

    /** Whether a character is taken. */
    @FunctionalInterface
    private interface CharTest {
        boolean takes(char c);
    }

    private static final CharTest NOTHING = c -> false;

    private final String pattern;
    private final List<State> states = new ArrayList<>();
    private int at;

    private PathGlob(String pattern) {
        this.pattern = pattern;
    }

    static PathGlob parse(String pattern) {
        PathGlob glob = new PathGlob(pattern);
        glob.sequence(false);
        return glob;
    }

    /** Adds states up to the end of the pattern, or of an alternative. */
    private void sequence(boolean inGroup) {
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            if (inGroup && (c == ',' || c == '}')) {
                return;
            }
            at++;
            switch (c) {
                case '*' -> star();
                case '?' -> take(any -> any != '/');
                case '[' -> take(set());
                case '{' -> group(inGroup);
                case '\\' -> take(literal(escaped()));
                default -> take(literal(c));
            }
        }
        if (inGroup) {
            throw wrong("a '{' is not closed");
        }
    }

    private static CharTest literal(char wanted) {
        return c -> c == wanted;
    }

    private void take(CharTest test) {
        states.add(new State(test, new int[] {states.size() + 1}));
    }

    /** Goes on without taking anything, or takes characters and stays. */
    private void star() {
        boolean across = at < pattern.length() && pattern.charAt(at) == '*';
        if (across) {
            at++;
        }
        int self = states.size();
        states.add(new State(NOTHING, new int[] {self + 1, self + 2}));
        states.add(new State(across ? c -> true : c -> c != '/', new int[] {self}));
    }

    private char escaped() {
        if (at == pattern.length()) {
            throw wrong("it ends with a backslash");
        }
        return pattern.charAt(at++);
    }

    private void group(boolean nested) {
        if (nested) {
            throw wrong("'{' within '{'");
        }
        int fork = states.size();
        states.add(new State(NOTHING, new int[0]));
        List<Integer> starts = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        do {
            starts.add(states.size());
            sequence(true);
            ends.add(states.size());
            states.add(new State(NOTHING, new int[0]));
        } while (pattern.charAt(at++) == ',');
        int behind = states.size();
        ends.forEach(end -> states.set(end, new State(NOTHING, new int[] {behind})));
        states.set(fork, new State(NOTHING, starts.stream().mapToInt(Integer::intValue).toArray()));
    }

    private CharTest set() {
        boolean negated = at < pattern.length() && pattern.charAt(at) == '!';
        if (negated) {
            at++;
        }
        StringBuilder ranges = new StringBuilder();
        boolean first = true;
        while (at < pattern.length() && (first || pattern.charAt(at) != ']')) {
            char low = pattern.charAt(at++);
            char high = low;
            if (at + 1 < pattern.length() && pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']') {
                high = pattern.charAt(at + 1);
                at += 2;
            }
            ranges.append(low).append(high);
            first = false;
        }
        if (at == pattern.length()) {
            throw wrong("a '[' is not closed");
        }
        at++;
        String pairs = ranges.toString();
        return c -> c != '/' && within(pairs, c) != negated;
    }

    private static boolean within(String pairs, char c) {
        for (int i = 0; i < pairs.length(); i += 2) {
            if (c >= pairs.charAt(i) && c <= pairs.charAt(i + 1)) {
                return true;
            }
        }
        return false;
    }

    private PatternSyntaxException wrong(String what) {
        return new PatternSyntaxException(what, pattern, at);
    }

    /** Whether the whole text matches. */
    boolean matches(String text) {
        BitSet now = new BitSet();
        reach(0, now);
        for (int i = 0; i < text.length() && !now.isEmpty(); i++) {
            BitSet then = new BitSet();
            for (int state = now.nextSetBit(0); state >= 0; state = now.nextSetBit(state + 1)) {
                if (state < states.size() && states.get(state).test().takes(text.charAt(i))) {
                    reach(states.get(state).next()[0], then);
                }
            }
            now = then;
        }
        return now.get(states.size());
    }

    /** Adds a state and those reached from it without taking anything. */
    private void reach(int state, BitSet reached) {
        if (reached.get(state)) {
            return;
        }
        reached.set(state);
        if (state < states.size() && states.get(state).test() == NOTHING) {
            for (int next : states.get(state).next()) {
                reach(next, reached);
            }
        }
    }
}
