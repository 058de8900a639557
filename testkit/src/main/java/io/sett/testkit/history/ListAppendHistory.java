// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.history;

import java.util.List;
import java.util.Map;

/**
 * What transactions did, and what was there in the end.
 *
 * @param transactions in any order
 * @param finalState the lists after the last transaction, read by nobody else
 */
public record ListAppendHistory(List<AppendTransaction> transactions, Map<String, List<Long>> finalState) {

    /** Copies both. */
    public ListAppendHistory {
        transactions = List.copyOf(transactions);
        finalState = Map.copyOf(finalState);
    }

    /** Every anomaly that shows in it; of cycles one for each kind and group of transactions. */
    public List<Anomaly> anomalies() {
        return new ListAppendChecker(this).check();
    }
}
