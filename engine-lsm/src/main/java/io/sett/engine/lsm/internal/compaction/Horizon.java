// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

/**
 * What can no longer be seen: versions that a newer one at or below the oldest reader hides, and entries that expired.
 *
 * @param oldestReader no reader, now or later, reads with a lower version
 * @param nowMillis the time, milliseconds since 1970
 */
public record Horizon(long oldestReader, long nowMillis) {
}
