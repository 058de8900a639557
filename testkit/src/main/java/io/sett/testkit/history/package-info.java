// SPDX-License-Identifier: Apache-2.0
/**
 * Checks what concurrent transactions saw. Transactions append numbers to lists and read lists; since every list tells
 * the order of its writes, the dependencies of the transactions follow from what was read, and each cycle among them is
 * an anomaly (K. Kingsbury, P. Alvaro, "Elle: Inferring Isolation Anomalies from Experimental Observations", 2020; the
 * names of the anomalies are those of A. Adya, "Weak Consistency", 1999).
 */
@NullMarked
package io.sett.testkit.history;

import org.jspecify.annotations.NullMarked;
