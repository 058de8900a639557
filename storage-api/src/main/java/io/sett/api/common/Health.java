// SPDX-License-Identifier: Apache-2.0
package io.sett.api.common;

import java.util.List;

/**
 * How a store is doing, as the worst of its checks.
 *
 * @param status the worst status of all checks
 * @param checks the single checks
 */
public record Health(Status status, List<Check> checks) {

    /** From good to bad. */
    public enum Status {
        /** Everything works. */
        UP,
        /** Works with a restriction or close to a limit. */
        DEGRADED,
        /** Reads work, writes are refused. */
        READ_ONLY,
        /** Nothing works: closed, or failed. */
        DOWN
    }

    /**
     * One check.
     *
     * @param name what was checked, a short word ("disk", "flush")
     * @param status what came out
     * @param message the facts, and what to do when it is not UP
     */
    public record Check(String name, Status status, String message) {
    }

    /** Copies the list. */
    public Health {
        checks = List.copyOf(checks);
    }

    /** The health that follows from these checks; UP when there is none. */
    public static Health of(List<Check> checks) {
        Status worst = Status.UP;
        for (Check check : checks) {
            if (check.status().compareTo(worst) > 0) {
                worst = check.status();
            }
        }
        return new Health(worst, checks);
    }

    /** A store that is open and has nothing to report. */
    public static Health up() {
        return of(List.of(new Check("open", Status.UP, "open")));
    }

    /** A store that is closed or failed, with the reason. */
    public static Health down(String reason) {
        return of(List.of(new Check("open", Status.DOWN, reason)));
    }
}
