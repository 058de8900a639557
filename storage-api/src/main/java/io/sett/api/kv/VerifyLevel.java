// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

/** How deeply a store is checked. */
public enum VerifyLevel {
    /** Files against the list of files: presence, sizes, headers. Takes moments. */
    QUICK,
    /** Every byte: checksums, order of keys, pointers, invariants. Reads all data. */
    FULL
}
