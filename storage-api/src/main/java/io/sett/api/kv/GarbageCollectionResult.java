// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import java.time.Duration;
import java.util.List;

/**
 * What a garbage collection did.
 *
 * @param freedBytes bytes given back to the file system
 * @param rewrittenBytes live bytes that had to be moved for it
 * @param collectedFiles how many files are gone
 * @param notes one line for each file that was not collected, with the reason
 * @param duration how long it took
 */
public record GarbageCollectionResult(long freedBytes, long rewrittenBytes, int collectedFiles, List<String> notes,
        Duration duration) {

    /** Copies the list. */
    public GarbageCollectionResult {
        notes = List.copyOf(notes);
    }
}
