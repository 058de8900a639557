// SPDX-License-Identifier: Apache-2.0
package io.sett.moduletests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;

/**
 * How a process ended.
 *
 * @param command what was run
 * @param exit its exit code
 * @param out its standard output
 * @param err its standard error
 */
record Outcome(List<String> command, int exit, String out, String err) {

    private static final Pattern NATIVE_ACCESS = Pattern.compile("|WARNING: ("
            + "A restricted method in java\\.lang\\.System has been called"
            + "|java\\.lang\\.System::load(Library)? has been called by .* in module org\\.xerial\\.sqlitejdbc .*"
            + "|Use --enable-native-access=org\\.xerial\\.sqlitejdbc to avoid a warning for callers in this module"
            + "|Restricted methods will be blocked in a future release unless native access is enabled)");

    /** Checks that it ended with 0. */
    Outcome succeeded() {
        assertThat(exit).as(this::toString).isZero();
        return this;
    }

    /** Checks that it did not end with 0. */
    Outcome failed() {
        assertThat(exit).as(this::toString).isNotZero();
        return this;
    }

    /** Checks that it printed just these lines. */
    Outcome printed(String... lines) {
        assertThat(out.lines()).as(this::toString).containsExactly(lines);
        return this;
    }

    /** Checks that standard error is empty. */
    Outcome silent() {
        assertThat(err).as(this::toString).isEmpty();
        return this;
    }

    /** Checks that there is nothing on standard error but what the JVM says about native code of SQLite's driver. */
    Outcome silentButForNativeAccessOfSqlite() {
        assertThat(err.lines()).as(this::toString).allMatch(line -> NATIVE_ACCESS.matcher(line).matches());
        return this;
    }

    @Override
    public String toString() {
        return String.join(" ", command) + "\nended with " + exit + "\n-- standard output\n" + out
                + "-- standard error\n" + err;
    }
}
