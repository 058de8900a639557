// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.survival;

import java.util.Locale;

/** What a process is about when it is killed. */
public enum KillMoment {
    /** Its threads write. */
    WORK,
    /** It opens the store, while nothing else goes on. */
    OPEN,
    /** It compacts, while its threads write. */
    COMPACT,
    /** It collects garbage, while its threads write. */
    COLLECT,
    /** It closes the store. */
    CLOSE;

    /** What the process tells when it begins with it. */
    String line() {
        return "* " + name().toLowerCase(Locale.ROOT);
    }
}
