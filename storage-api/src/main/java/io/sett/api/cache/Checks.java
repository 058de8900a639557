// SPDX-License-Identifier: Apache-2.0
package io.sett.api.cache;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;

/** The argument checks of this package. */
final class Checks {

    private Checks() {
    }

    static void notNegative(long value, String what) {
        if (value < 0) {
            throw invalid(what + " is " + value + "; it must not be negative");
        }
    }

    static void ratio(double value, String what) {
        if (!(value >= 0 && value <= 1)) {
            throw invalid(what + " is " + value + "; it must lie between 0 and 1");
        }
    }

    static InvalidOperationException invalid(String message) {
        return new InvalidOperationException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
