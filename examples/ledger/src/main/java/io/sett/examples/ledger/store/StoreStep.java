// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.store;

/** The steps in which a block is stored, in their order. */
public enum StoreStep {
    /** The raw block is in the file store. */
    FILE,
    /** Its rows are in the key-value store. */
    ROWS,
    /** Its summary is in the SQL store. */
    SUMMARY
}
