// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.settings;

import java.time.Duration;
import java.util.Locale;

/**
 * How a raw value becomes a typed one, and back into text.
 *
 * @param <T> the type that a setting of it has
 */
public abstract class SettingType<T> {

    private final String label;

    /** A type with the name that messages and the reference page use. */
    protected SettingType(String label) {
        this.label = label;
    }

    /** The name of the type in messages and on the reference page. */
    public final String label() {
        return label;
    }

    /**
     * The typed value.
     *
     * @throws IllegalArgumentException with what is allowed, when the raw value has another form
     */
    public abstract T parse(Object raw);

    /** The value as it would be written in configuration. */
    public String format(T value) {
        return String.valueOf(value);
    }

    @Override
    public final String toString() {
        return label;
    }

    static final SettingType<Boolean> BOOLEAN = new SettingType<>("boolean") {
        @Override
        public Boolean parse(Object raw) {
            if (raw instanceof Boolean value) {
                return value;
            }
            return switch (String.valueOf(raw).toLowerCase(Locale.ROOT)) {
                case "true", "yes", "on" -> true;
                case "false", "no", "off" -> false;
                default -> throw new IllegalArgumentException("true or false");
            };
        }
    };

    static final SettingType<Long> INTEGER = new SettingType<>("integer") {
        @Override
        public Long parse(Object raw) {
            if (raw instanceof Number number && number.doubleValue() == number.longValue()) {
                return number.longValue();
            }
            try {
                return Long.parseLong(String.valueOf(raw).trim());
            } catch (NumberFormatException notANumber) {
                throw new IllegalArgumentException("a whole number", notANumber);
            }
        }
    };

    static final SettingType<Double> RATIO = new SettingType<>("number") {
        @Override
        public Double parse(Object raw) {
            if (raw instanceof Number number) {
                return number.doubleValue();
            }
            try {
                return Double.parseDouble(String.valueOf(raw).trim());
            } catch (NumberFormatException notANumber) {
                throw new IllegalArgumentException("a number", notANumber);
            }
        }
    };

    static final SettingType<String> TEXT = new SettingType<>("text") {
        @Override
        public String parse(Object raw) {
            if (raw instanceof Iterable || raw instanceof java.util.Map) {
                throw new IllegalArgumentException("a text");
            }
            return String.valueOf(raw);
        }

        @Override
        public String format(String value) {
            return '"' + value + '"';
        }
    };

    static SettingType<Long> size(long unit) {
        return new SettingType<>(unit == 1 ? "size" : "size in MiB") {
            @Override
            public Long parse(Object raw) {
                return Sizes.parse(raw, unit);
            }

            @Override
            public String format(Long value) {
                return value % unit == 0 ? Long.toString(value / unit) : Sizes.format(value);
            }
        };
    }

    static final SettingType<Duration> DURATION = new SettingType<>("duration") {
        @Override
        public Duration parse(Object raw) {
            return Durations.parse(raw);
        }

        @Override
        public String format(Duration value) {
            return '"' + Durations.format(value) + '"';
        }
    };

    static <E extends Enum<E>> SettingType<E> choice(Class<E> type) {
        StringBuilder names = new StringBuilder();
        for (E constant : type.getEnumConstants()) {
            names.append(names.length() == 0 ? "" : ", ").append(constant.name().toLowerCase(Locale.ROOT));
        }
        String allowed = names.toString();
        return new SettingType<>("one of " + allowed) {
            @Override
            public E parse(Object raw) {
                for (E constant : type.getEnumConstants()) {
                    if (constant.name().equalsIgnoreCase(String.valueOf(raw).replace('-', '_'))) {
                        return constant;
                    }
                }
                throw new IllegalArgumentException("one of " + allowed);
            }

            @Override
            public String format(E value) {
                return '"' + value.name().toLowerCase(Locale.ROOT) + '"';
            }
        };
    }
}
