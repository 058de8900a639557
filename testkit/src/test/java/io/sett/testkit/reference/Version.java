// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.reference;

import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One version of a key. */
record Version(byte[] key, byte[] value, long number, @Nullable Instant expiry, byte metadata, boolean deletion) {

    boolean isLive(Clock clock) {
        return !deletion && (expiry == null || clock.instant().isBefore(expiry));
    }

    Version numbered(long commit) {
        return new Version(key, value, commit, expiry, metadata, deletion);
    }
}
