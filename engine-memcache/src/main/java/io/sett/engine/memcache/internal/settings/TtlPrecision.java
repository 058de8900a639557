// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.settings;

/** What TTLs are rounded up to. */
public enum TtlPrecision {
    /** One millisecond. */
    MILLISECOND(1),
    /** One second; the documented default. */
    SECOND(1000),
    /** One minute. */
    MINUTE(60_000);

    private final long millis;

    TtlPrecision(long millis) {
        this.millis = millis;
    }

    /** Its length. */
    public long millis() {
        return millis;
    }
}
