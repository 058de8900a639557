// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import java.time.Duration;

/**
 * What a compaction did.
 *
 * @param inputBytes bytes read
 * @param outputBytes bytes written
 * @param droppedEntries entries that are gone (overwritten, deleted, expired)
 * @param duration how long it took
 */
public record CompactionResult(long inputBytes, long outputBytes, long droppedEntries, Duration duration) {
}
