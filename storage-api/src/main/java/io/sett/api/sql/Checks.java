// SPDX-License-Identifier: Apache-2.0
package io.sett.api.sql;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The argument checks of this package. */
final class Checks {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

    private Checks() {
    }

    static void notNegative(long value, String what) {
        if (value < 0) {
            throw invalid(what + " is " + value + "; it must not be negative");
        }
    }

    static void timeout(Optional<Duration> timeout) {
        if (timeout.isPresent() && (timeout.get().isNegative() || timeout.get().isZero())) {
            throw invalid("The timeout is " + timeout.get() + "; it must be more than zero");
        }
    }

    static void name(String name, String what) {
        if (!NAME.matcher(name).matches()) {
            throw invalid("'" + name + "' cannot be the name of a " + what
                    + "; use at most 63 letters, digits and underscores, and no digit first");
        }
    }

    static void parameter(@Nullable Object value, Object which) {
        if (value == null) {
            throw invalid("SQL parameter " + which + " is null; pass Optional.empty() for SQL NULL");
        }
    }

    static InvalidOperationException invalid(String message) {
        return new InvalidOperationException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
