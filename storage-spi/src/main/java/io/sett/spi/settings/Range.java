// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.settings;

import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What values a setting may have. A class with bounds, not a predicate made by a lambda with its text: an engine
 * declares dozens of settings whenever it is first opened, and each lambda costs about a millisecond at its first run.
 * The text is made only when somebody asks.
 *
 * @param <T> type of the value
 */
abstract class Range<T> {

    /** Whether the value may be. */
    abstract boolean allows(T value);

    /** What is allowed in words; empty when everything is. */
    abstract String text();

    /** Everything. */
    static final class Any<T> extends Range<T> {

        @Override
        boolean allows(T value) {
            return true;
        }

        @Override
        String text() {
            return "";
        }
    }

    /** What somebody else tests. */
    static final class Tested<T> extends Range<T> {

        private final String text;
        private final Predicate<T> test;

        Tested(String text, Predicate<T> test) {
            this.text = text;
            this.test = test;
        }

        @Override
        boolean allows(T value) {
            return test.test(value);
        }

        @Override
        String text() {
            return text;
        }
    }

    /** What lies between two bounds, both allowed or, if open, both not. */
    static final class Bounds<T extends Comparable<? super T>> extends Range<T> {

        private final T min;
        private final @Nullable T max;
        private final boolean open;
        private final boolean size;

        Bounds(T min, @Nullable T max, boolean open, boolean size) {
            this.min = min;
            this.max = max;
            this.open = open;
            this.size = size;
        }

        @Override
        boolean allows(T value) {
            int least = open ? 1 : 0;
            return value.compareTo(min) >= least && (max == null || max.compareTo(value) >= least);
        }

        @Override
        String text() {
            if (max == null) {
                return (open ? "above " : "at least ") + words(min);
            }
            return open ? "above " + words(min) + " and below " + words(max)
                    : "from " + words(min) + " to " + words(max);
        }

        private String words(T bound) {
            if (bound instanceof Duration duration) {
                return Durations.format(duration);
            }
            return size && bound instanceof Long bytes ? Sizes.format(bytes) : bound.toString();
        }
    }
}
