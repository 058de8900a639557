// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

/** What concurrent transactions may see of each other. */
public enum Isolation {
    /** Each read sees what is committed at that moment. Writes are still atomic; lost updates are possible. */
    READ_COMMITTED,
    /** All reads see one moment, and the first committer of a key wins. Write skew is possible. */
    SNAPSHOT,
    /** As if the transactions had run one after the other, ranges included. The default. */
    SERIALIZABLE
}
