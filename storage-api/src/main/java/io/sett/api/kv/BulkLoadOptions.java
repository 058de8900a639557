// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import io.sett.api.common.ProgressListener;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;

/**
 * How a bulk load is done. Immutable.
 *
 * @param sorted whether keys come in ascending order, each once; otherwise they are sorted, through temporary files,
 *     and of several entries of one key the last one counts
 * @param sortMemory bytes of memory for sorting, before a part goes to a temporary file; at least 64 KiB
 * @param progress hears of entries added and tables written, now and then, in the thread that loads
 */
public record BulkLoadOptions(boolean sorted, long sortMemory, ProgressListener progress) {

    private static final long LEAST_MEMORY = 64 << 10;
    private static final BulkLoadOptions SORTED = new BulkLoadOptions(true, 64L << 20, ProgressListener.NONE);

    /** Checks the memory. */
    public BulkLoadOptions {
        if (sortMemory < LEAST_MEMORY) {
            throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT, "the memory for sorting must be at least "
                    + LEAST_MEMORY + " bytes, got " + sortMemory);
        }
    }

    /** Entries come sorted. */
    public static BulkLoadOptions defaults() {
        return SORTED;
    }

    /** Entries come in any order; 64 MiB for sorting. */
    public static BulkLoadOptions unsorted() {
        return SORTED.withSorted(false);
    }

    /** The same for sorted entries, or not. */
    public BulkLoadOptions withSorted(boolean value) {
        return new BulkLoadOptions(value, sortMemory, progress);
    }

    /** The same with another memory for sorting. */
    public BulkLoadOptions withSortMemory(long bytes) {
        return new BulkLoadOptions(sorted, bytes, progress);
    }

    /** The same with a listener. */
    public BulkLoadOptions withProgress(ProgressListener listener) {
        return new BulkLoadOptions(sorted, sortMemory, listener);
    }
}
