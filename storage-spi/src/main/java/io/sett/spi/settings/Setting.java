// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of one setting: path below the section of the engine, type, default, allowed range, unit, when a
 * change takes effect, and what it means. Immutable.
 *
 * @param <T> type of its value
 */
public final class Setting<T> {

    private final String path;
    private final SettingType<T> type;
    private final T defaultValue;
    private final String unit;
    private final Range<T> range;
    private final Reload reload;
    private final boolean secret;
    private final String description;

    private Setting(String path, SettingType<T> type, T defaultValue, String unit, Range<T> range, Reload reload,
            boolean secret, String description) {
        this.path = path;
        this.type = type;
        this.defaultValue = defaultValue;
        this.unit = unit;
        this.range = range;
        this.reload = reload;
        this.secret = secret;
        this.description = description;
    }

    private static <T> Setting<T> of(String path, SettingType<T> type, T value, String unit, String description) {
        return new Setting<>(path, type, value, unit, new Range.Any<>(), Reload.REOPEN, false, description);
    }

    /** A switch. */
    public static Setting<Boolean> flag(String path, boolean value, String description) {
        return of(path, SettingType.BOOLEAN, value, "", description);
    }

    /** A whole number between two bounds, both allowed. */
    public static Setting<Long> number(String path, long value, long min, long max, String unit, String description) {
        return of(path, SettingType.INTEGER, value, unit, description)
                .within(new Range.Bounds<>(min, max == Long.MAX_VALUE ? null : max, false, false));
    }

    /** A size in bytes between two bounds, both allowed; text with units is accepted. */
    public static Setting<Long> size(String path, long value, long min, long max, String description) {
        return of(path, SettingType.size(1), value, "bytes", description)
                .within(new Range.Bounds<>(min, max == Long.MAX_VALUE ? null : max, false, true));
    }

    /** A size whose bare number counts MiB; the value is in bytes. */
    public static Setting<Long> sizeInMebibytes(String path, long value, long min, long max, String description) {
        return of(path, SettingType.size(1 << 20), value, "MiB", description)
                .within(new Range.Bounds<>(min, max == Long.MAX_VALUE ? null : max, false, true));
    }

    /** A number between two bounds, both excluded. */
    public static Setting<Double> ratio(String path, double value, double above, double below, String description) {
        return of(path, SettingType.RATIO, value, "", description)
                .within(new Range.Bounds<>(above, below, true, false));
    }

    /** A duration between two bounds, both allowed. */
    public static Setting<Duration> duration(String path, Duration value, Duration min, Duration max,
            String description) {
        return of(path, SettingType.DURATION, value, "", description)
                .within(new Range.Bounds<>(min, max, false, false));
    }

    /** A text. */
    public static Setting<String> text(String path, String value, String description) {
        return of(path, SettingType.TEXT, value, "", description);
    }

    /** One constant of an enum, written in lower case. */
    public static <E extends Enum<E>> Setting<E> choice(String path, Class<E> type, E value, String description) {
        return of(path, SettingType.choice(type), value, "", description);
    }

    private Setting<T> within(Range<T> newRange) {
        return new Setting<>(path, type, defaultValue, unit, newRange, reload, secret, description);
    }

    /** The same with another range, described by a text. */
    public Setting<T> limited(String newRange, Predicate<T> newAllowed) {
        return new Setting<>(path, type, defaultValue, unit, new Range.Tested<>(newRange, newAllowed), reload, secret,
                description);
    }

    /** The same, but a change takes effect while the store is open. */
    public Setting<T> live() {
        return new Setting<>(path, type, defaultValue, unit, range, Reload.LIVE, secret, description);
    }

    /** The same, but its value is never shown. */
    public Setting<T> hidden() {
        return new Setting<>(path, type, defaultValue, unit, range, reload, true, description);
    }

    /** Path below the section, parts joined by dots: {@code transaction.max_batch_size}. */
    public String path() {
        return path;
    }

    /** How its value is written. */
    public SettingType<T> type() {
        return type;
    }

    /** Its value when nothing is configured. */
    public T defaultValue() {
        return defaultValue;
    }

    /** The default as it would be written. */
    public String defaultText() {
        return type.format(defaultValue);
    }

    /** Its unit, or the empty string. */
    public String unit() {
        return unit;
    }

    /** What is allowed, in words; the empty string when everything of the type is. */
    public String range() {
        return range.text();
    }

    /** When a change takes effect. */
    public Reload reload() {
        return reload;
    }

    /** Whether its value must not be shown. */
    public boolean isSecret() {
        return secret;
    }

    /** What it means and when to touch it. */
    public String description() {
        return description;
    }

    /** The typed value of a configured one, or a problem. */
    @Nullable T read(String section, SettingValue value, Problems problems) {
        String full = section.isEmpty() ? path : section + "." + path;
        try {
            T typed = type.parse(value.raw());
            if (range.allows(typed)) {
                return typed;
            }
            problems.add(full, shown(value), value.origin(), "must be " + range.text(), Optional.of(defaultText()));
        } catch (IllegalArgumentException wrongForm) {
            problems.add(full, shown(value), value.origin(), "must be " + wrongForm.getMessage(),
                    Optional.of(defaultText()));
        }
        return null;
    }

    private String shown(SettingValue value) {
        return secret ? "(hidden)" : String.valueOf(value.raw());
    }

    @Override
    public String toString() {
        return path + ": " + type;
    }
}
