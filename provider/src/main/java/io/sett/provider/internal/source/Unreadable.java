// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.source;

import io.sett.api.error.ConfigurationException;
import io.sett.api.error.ErrorCode;
import java.util.Map;

/** The errors of reading a configuration file. */
final class Unreadable {

    private Unreadable() {
    }

    /** A file that is missing, not allowed, or broken on the disk. */
    static ConfigurationException file(String label, String what, Throwable cause) {
        return new ConfigurationException(ErrorCode.INVALID_CONFIG, "configuration file " + label + " " + what,
                Map.of("file", label), cause);
    }

    /** A file whose text is not in its notation. */
    static ConfigurationException text(String label, int line, String notation, String what, Throwable cause) {
        String place = line > 0 ? label + ": " + line : label;
        return new ConfigurationException(ErrorCode.INVALID_CONFIG, "configuration file " + place + " is not valid "
                + notation + ": " + what, Map.of("file", label, "line", line), cause);
    }

    /** A file with text that its notation does not allow, found by ourselves. */
    static ConfigurationException text(String label, int line, String what) {
        return new ConfigurationException(ErrorCode.INVALID_CONFIG, "configuration file " + label + ": " + line + " "
                + what, Map.of("file", label, "line", line));
    }
}
