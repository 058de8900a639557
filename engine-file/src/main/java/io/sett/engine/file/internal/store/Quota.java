// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.store;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.LimitExceededException;
import io.sett.engine.file.internal.format.Footer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** Counts files and bytes where they are limited. Bytes are those of whole files, trailer included. */
final class Quota {

    private final ReentrantLock lock = new ReentrantLock();
    private final long maxFiles;
    private final long maxBytes;
    private long files;
    private long bytes;

    private Quota(long maxFiles, long maxBytes) {
        this.maxFiles = maxFiles == 0 ? Long.MAX_VALUE : maxFiles;
        this.maxBytes = maxBytes == 0 ? Long.MAX_VALUE : maxBytes;
    }

    /** Counts what is there, if anything is limited. */
    static Quota of(FileSettings settings, Path directory) throws IOException {
        Quota quota = new Quota(settings.maxFiles(), settings.maxTotalSize());
        if (quota.isLimited()) {
            try (Stream<Path> paths = Files.walk(directory)) {
                for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                    quota.files++;
                    quota.bytes += contentLength(Files.size(path));
                }
            }
        }
        return quota;
    }

    /** The content in a file of that length: the inverse of {@link Footer#fileLength}. */
    static long contentLength(long fileLength) {
        long rest = Math.max(0, fileLength - Footer.LENGTH);
        long perChunk = Footer.CHUNK + Integer.BYTES;
        return rest - (rest + perChunk - 1) / perChunk * Integer.BYTES;
    }

    boolean isLimited() {
        return maxFiles != Long.MAX_VALUE || maxBytes != Long.MAX_VALUE;
    }

    OptionalLong maxFiles() {
        return maxFiles == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(maxFiles);
    }

    OptionalLong maxBytes() {
        return maxBytes == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(maxBytes);
    }

    /** Accounts for a change, or refuses it. */
    void change(String name, long moreFiles, long moreBytes) {
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

    private static void refuseOver(String name, String limit, long value, long max, long more) {
        if (more > 0 && value > max) {
            throw new LimitExceededException(ErrorCode.QUOTA_EXCEEDED, "file '" + name + "' does not fit: " + limit
                    + " is " + max + " and would become " + value + "; delete files or raise storage.file." + limit,
                    Map.of("limit", limit, "maximum", max, "actual", value));
        }
    }
}
