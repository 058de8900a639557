// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.history;

import java.util.List;

/**
 * One transaction of a history.
 *
 * @param id its number in the history, for messages
 * @param steps what it did, in order
 * @param outcome how it ended
 */
public record AppendTransaction(int id, List<Step> steps, Outcome outcome) {

    /** How a transaction ended. */
    public enum Outcome {
        /** The commit was acknowledged. */
        COMMITTED,
        /** It was rolled back or lost a conflict: nothing of it may be seen. */
        ABORTED,
        /** It may or may not have been committed. */
        UNKNOWN
    }

    /** Something a transaction did to the list of a key. */
    public sealed interface Step permits Append, Read {

        /** The key. */
        String key();
    }

    /**
     * A number was added at the end of a list.
     *
     * @param key the key
     * @param value the number; each is appended once in a history
     */
    public record Append(String key, long value) implements Step {

        @Override
        public String toString() {
            return key + "+" + value;
        }
    }

    /**
     * A list was read.
     *
     * @param key the key
     * @param values what it held
     */
    public record Read(String key, List<Long> values) implements Step {

        /** Copies the list. */
        public Read {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            return key + "=" + values;
        }
    }

    /** Copies the steps. */
    public AppendTransaction {
        steps = List.copyOf(steps);
    }

    @Override
    public String toString() {
        return "T" + id + steps + (outcome == Outcome.COMMITTED ? "" : " " + outcome);
    }
}
