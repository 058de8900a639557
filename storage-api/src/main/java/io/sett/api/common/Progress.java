// SPDX-License-Identifier: Apache-2.0
package io.sett.api.common;

/**
 * How far a long operation has come.
 *
 * @param phase the step it is in
 * @param done units done in this phase
 * @param total units of this phase, or -1 when unknown
 * @param unit what is counted ("bytes", "tables")
 */
public record Progress(String phase, long done, long total, String unit) {

    /** Between 0 and 1, or 0 while the total is unknown. */
    public double fraction() {
        if (total < 0) {
            return 0;
        }
        return total == 0 ? 1 : Math.min(1, (double) done / total);
    }
}
