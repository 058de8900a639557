// SPDX-License-Identifier: Apache-2.0
package io.sett.api.file;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import java.time.Duration;
import java.util.Optional;

/** The argument checks of this package. */
final class Checks {

    private Checks() {
    }

    static void notNegative(long value, String what) {
        if (value < 0) {
            throw invalid(what + " is " + value + "; it must not be negative");
        }
    }

    static void sha256(Optional<String> checksum) {
        if (checksum.isPresent() && !isSha256(checksum.get())) {
            throw invalid("'" + checksum.get() + "' is no SHA-256 checksum; expected 64 lower-case hexadecimal digits");
        }
    }

    static void timeout(Optional<Duration> timeout) {
        if (timeout.isPresent() && (timeout.get().isNegative() || timeout.get().isZero())) {
            throw invalid("The timeout is " + timeout.get() + "; it must be more than zero");
        }
    }

    static InvalidOperationException invalid(String message) {
        return new InvalidOperationException(ErrorCode.INVALID_ARGUMENT, message);
    }

    private static boolean isSha256(String text) {
        return text.length() == 64 && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }
}
