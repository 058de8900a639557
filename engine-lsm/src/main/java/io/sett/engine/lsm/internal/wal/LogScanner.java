// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.wal;

import io.sett.engine.lsm.internal.base.Damage;
import io.sett.engine.lsm.internal.codec.FileHeader;
import io.sett.engine.lsm.internal.io.FileNames;
import io.sett.engine.lsm.internal.io.ReadableFile;
import io.sett.engine.lsm.internal.wal.LogScan.LogDamage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log from its beginning: hands over each whole commit and describes what stands behind the last one. Decides
 * nothing ({@link LogVerdict} does) and changes nothing. Memory is one window and the commit at hand, whatever lengths
 * the file claims. For one scan by one thread.
 */
public final class LogScanner implements AutoCloseable {

    /** Receives whole commits in order. */
    @FunctionalInterface
    public interface CommitSink {

        /** One commit; the batch belongs to the scanner and is valid during the call. */
        void commit(long version, LogBatch batch);
    }

    private static final int SECTOR = 512;
    private static final int WINDOW = 1024 * 1024;

    private final ReadableFile file;
    private final long id;
    private final long salt;
    private final CommitSink sink;
    private final CRC32C crc = new CRC32C();
    private final byte[] window;
    private long windowAt;
    private int windowLength;

    private byte[] parts = new byte[0];
    private long expected = -1;
    private long stopAt;
    private long commits;
    private boolean vouches;
    private long damageLaterForcedTo;
    private boolean damageLater;

    private LogScanner(ReadableFile file, long id, long salt, CommitSink sink) {
        this.file = file;
        this.id = id;
        this.salt = salt;
        this.sink = sink;
        this.window = new byte[(int) Math.max(64, Math.min(WINDOW, file.size()))];
    }

    /**
     * Scans a log.
     *
     * @param sink gets the commits
     * @throws io.sett.api.error.CorruptionException when the file header is damaged or belongs to another file
     */
    public static LogScan scan(Path directory, UUID store, long id, CommitSink sink) {
        Path path = FileNames.wal(directory, id);
        ReadableFile file = ReadableFile.open(path, false);
        try (LogScanner scanner = new LogScanner(file, id, LogWriter.salt(store, id), sink)) {
            byte[] header = file.read(0, (int) Math.min(FileHeader.LENGTH, file.size()));
            FileHeader.decode(header, LogWriter.FILE_KIND, LogWriter.FORMAT_VERSION, path)
                    .requireIdentity(store, id, path);
            return scanner.scanAll();
        }
    }

    private LogScan scanAll() {
        long at = FileHeader.LENGTH;
        while (true) {
            long next = commitAt(at);
            if (next < 0) {
                break;
            }
            at = next;
        }
        LogDamage damage = firstNonZero(at) < 0 ? null : describe(at, stopAt);
        long last = expected < 0 ? 0 : expected - 1;
        return new LogScan(id, file.path(), file.size(), at, commits, last, vouches, damage);
    }

    /** Reads the commit that begins here and returns its end; -1 when there is no whole one. */
    private long commitAt(long start) {
        long commitAt = behindValues(start);
        stopAt = commitAt;
        int at = frameAt(commitAt);
        if (at < 0) {
            return -1;
        }
        int type = LogFrame.type(window, at);
        if (type != LogFrame.WHOLE && type != LogFrame.FIRST) {
            return -1;
        }
        int limit = at + LogFrame.HEADER + LogFrame.length(window, at);
        Head head = head(at, limit);
        if (head == null || expected >= 0 && head.version != expected) {
            return -1;
        }
        int bodyLength = limit - head.bodyAt;
        if (type == LogFrame.WHOLE) {
            parts = parts.length >= bodyLength ? parts : new byte[Math.max(bodyLength, 4096)];
            System.arraycopy(window, head.bodyAt, parts, 0, bodyLength);
            deliver(head, bodyLength, start);
            return commitAt + LogFrame.size(LogFrame.length(window, at));
        }
        return collectParts(start, commitAt, at, head, bodyLength);
    }

    /** Past the values of the commit that begins here, each checked. */
    private long behindValues(long start) {
        long position = start;
        int at = frameAt(position);
        while (at >= 0 && LogFrame.type(window, at) == LogFrame.VALUE) {
            position += LogFrame.size(LogFrame.length(window, at));
            at = frameAt(position);
        }
        return position;
    }

    private long collectParts(long start, long commitAt, int first, Head head, int firstLength) {
        parts = parts.length >= firstLength ? parts : new byte[firstLength * 2];
        System.arraycopy(window, head.bodyAt, parts, 0, firstLength);
        int length = firstLength;
        long position = commitAt + LogFrame.size(LogFrame.length(window, first));
        while (true) {
            stopAt = position;
            int at = frameAt(position);
            if (at < 0) {
                return -1;
            }
            int type = LogFrame.type(window, at);
            int limit = at + LogFrame.HEADER + LogFrame.length(window, at);
            long version = varint(at + LogFrame.HEADER, limit);
            if (version != head.version || type != LogFrame.MIDDLE && type != LogFrame.LAST) {
                return -1;
            }
            int bodyAt = at + LogFrame.HEADER + LogBatch.varintSize(version);
            int body = limit - bodyAt;
            if (length + body > parts.length) {
                parts = Arrays.copyOf(parts, (int) Math.min(Integer.MAX_VALUE - 64, (length + body) * 2L));
            }
            System.arraycopy(window, bodyAt, parts, length, body);
            length += body;
            position += LogFrame.size(LogFrame.length(window, at));
            if (type == LogFrame.LAST) {
                deliver(head, length, start);
                return position;
            }
        }
    }

    private void deliver(Head head, int length, long start) {
        LogBatch batch = LogBatch.of(parts, length, head.count);
        try {
            sink.commit(head.version, batch);
        } catch (IllegalArgumentException e) {
            throw Damage.at(file.path(), start, "a commit with a good checksum makes no sense: " + e.getMessage(), e);
        }
        commits++;
        vouches |= head.forcedTo > 0;
        expected = head.version + 1;
    }

    private record Head(long version, long forcedTo, int count, int bodyAt) {
    }

    private @Nullable Head head(int frame, int limit) {
        int at = frame + LogFrame.HEADER;
        long version = varint(at, limit);
        if (version <= 0) {
            return null;
        }
        at += LogBatch.varintSize(version);
        long forcedTo = varint(at, limit);
        if (forcedTo < 0) {
            return null;
        }
        at += LogBatch.varintSize(forcedTo);
        long count = varint(at, limit);
        if (count < 0 || count > Integer.MAX_VALUE) {
            return null;
        }
        return new Head(version, forcedTo, (int) count, at + LogBatch.varintSize(count));
    }

    private long varint(int at, int limit) {
        try {
            return LogBatch.readVarint(window, at, limit);
        } catch (IllegalArgumentException notOne) {
            return -1;
        }
    }

    /** The place in the window of a whole frame at this offset, or -1. */
    private int frameAt(long offset) {
        int at = load(offset, LogFrame.HEADER + LogFrame.TRAILER);
        if (at < 0 || !LogFrame.isHeader(window, at, salt)) {
            return -1;
        }
        at = load(offset, LogFrame.size(LogFrame.length(window, at)));
        return at >= 0 && LogFrame.isWhole(window, at, crc) ? at : -1;
    }

    /** Makes sure that this many bytes from the offset on are in the window; -1 when the file ends before. */
    private int load(long offset, int length) {
        if (offset + length > file.size()) {
            return -1;
        }
        if (offset < windowAt || offset + length > windowAt + windowLength) {
            windowAt = offset;
            windowLength = (int) Math.min(window.length, file.size() - offset);
            file.read(offset, window, 0, windowLength);
        }
        return (int) (offset - windowAt);
    }

    private long firstNonZero(long from) {
        for (long at = from; at < file.size(); ) {
            int start = load(at, 1);
            for (int i = start; i < windowLength; i++) {
                if (window[i] != 0) {
                    return windowAt + i;
                }
            }
            at = windowAt + windowLength;
        }
        return -1;
    }

    /** Describes a commit that begins at one offset and cannot be read from another one on. */
    private LogDamage describe(long start, long offset) {
        if (firstNonZero(offset) < 0) {
            return new LogDamage(start, "a commit of several records has no end", false, true, false, 0);
        }
        int at = load(offset, LogFrame.HEADER + LogFrame.TRAILER);
        boolean header = at >= 0 && LogFrame.isHeader(window, at, salt);
        int length = header ? LogFrame.size(LogFrame.length(window, at)) : LogFrame.HEADER;
        boolean cut = offset + length > file.size();
        boolean whole = header && !cut && frameAt(offset) >= 0;
        boolean unwritten = !whole && (cut || hasUnwritten(offset, length, header));
        String what = whole ? "a record does not follow the one before it"
                : !header ? "there is no record, and the rest is not empty"
                : cut ? "the file ends within a record" : "a record does not match its checksum";
        findLater(offset + 1);
        return new LogDamage(start, what, header && !unwritten, unwritten, damageLater, damageLaterForcedTo);
    }

    /** Looks for whole records from here on, whatever lies between. */
    private void findLater(long from) {
        long at = from;
        while (at < file.size()) {
            int frame = frameAt(at);
            if (frame < 0) {
                at++;
                continue;
            }
            damageLater = true;
            int length = LogFrame.length(window, frame);
            Head head = LogFrame.type(window, frame) <= LogFrame.FIRST
                    ? head(frame, frame + LogFrame.HEADER + length) : null;
            if (head != null) {
                damageLaterForcedTo = Math.max(damageLaterForcedTo, head.forcedTo);
            }
            at += LogFrame.size(length);
        }
    }

    /**
     * Whether a part that a disk writes at once is still zero, or the record breaks off in zeros: what a torn write
     * leaves. All zeros at the end count for a header that is none, the end mark for a record.
     */
    private boolean hasUnwritten(long offset, int length, boolean header) {
        int at = load(offset, length);
        if (header && window[at + length - 1] == 0) {
            return true;
        }
        if (!header && firstNonZero(offset + length - 1) < 0) {
            return true;
        }
        at = load(offset, length);
        for (long from = offset; from < offset + length; ) {
            long to = Math.min(offset + length, (from / SECTOR + 1) * SECTOR);
            boolean zero = true;
            for (long i = from; i < to && zero; i++) {
                zero = window[at + (int) (i - offset)] == 0;
            }
            if (zero) {
                return true;
            }
            from = to;
        }
        return false;
    }

    @Override
    public void close() {
        file.close();
    }
}
