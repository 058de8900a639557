// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.binding;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import java.util.Map;
import java.util.regex.Pattern;

/** Which names stores may have: they become parts of directory names and of environment variables. */
public final class StoreNames {

    /** The rule in words. */
    public static final String RULE =
            "at most 63 letters, digits, '-' and '_' of ASCII, a letter or digit first";

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");

    private StoreNames() {
    }

    /** Whether a name is allowed. */
    public static boolean allows(String name) {
        return ALLOWED.matcher(name).matches();
    }

    /** Refuses a name that is not allowed. */
    public static void require(String name) {
        if (!allows(name)) {
            throw new InvalidOperationException(ErrorCode.INVALID_NAME, "'" + name
                    + "' cannot be the name of a store: " + RULE, Map.of("name", name));
        }
    }
}
