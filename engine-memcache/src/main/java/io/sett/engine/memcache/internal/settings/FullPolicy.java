// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.settings;

/** What a full cache does with a new entry. */
public enum FullPolicy {
    /** Others make room. */
    EVICT,
    /** The write is refused. */
    REJECT
}
