// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.common;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.LimitExceededException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/** Counts files and bytes of content where they are limited. Safe for many threads. */
public final class Quota {

    private final ReentrantLock lock = new ReentrantLock();
    private final String section;
    private final long maxFiles;
    private final long maxBytes;
    private long files;
    private long bytes;

    /**
     * A quota of an empty store.
     *
     * @param section where the limits are configured, for messages
     * @param maxFiles limit on the number, 0 for none
     * @param maxBytes limit on the bytes, 0 for none
     */
    public Quota(String section, long maxFiles, long maxBytes) {
        this.section = section;
        this.maxFiles = maxFiles == 0 ? Long.MAX_VALUE : maxFiles;
        this.maxBytes = maxBytes == 0 ? Long.MAX_VALUE : maxBytes;
    }

    /** Whether anything is limited. */
    public boolean isLimited() {
        return maxFiles != Long.MAX_VALUE || maxBytes != Long.MAX_VALUE;
    }

    /** The limit on the number. */
    public OptionalLong maxFiles() {
        return maxFiles == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(maxFiles);
    }

    /** The limit on the bytes. */
    public OptionalLong maxBytes() {
        return maxBytes == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(maxBytes);
    }

    /** Counts a file that is there when the store opens, be it over the limit. */
    public void countExisting(long length) {
        files++;
        bytes += length;
    }

    /** Accounts for a change, or refuses it. */
    public void change(String name, long moreFiles, long moreBytes) {
        if (!isLimited()) {
            return;
        }
        lock.lock();
        try {
            refuseOver(name, "max_files", files + moreFiles, maxFiles, moreFiles);
            refuseOver(name, "max_total_size", bytes + moreBytes, maxBytes, moreBytes);
            files += moreFiles;
            bytes += moreBytes;
        } finally {
            lock.unlock();
        }
    }

    private void refuseOver(String name, String limit, long value, long max, long more) {
        if (more > 0 && value > max) {
            throw new LimitExceededException(ErrorCode.QUOTA_EXCEEDED, "file '" + name + "' does not fit: " + limit
                    + " is " + max + " and would become " + value + "; delete files or raise " + section + "." + limit,
                    Map.of("limit", limit, "maximum", max, "actual", value));
        }
    }
}
