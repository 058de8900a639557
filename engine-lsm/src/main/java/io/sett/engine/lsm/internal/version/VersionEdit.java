// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.version;

import io.sett.engine.lsm.internal.table.ValueReferences;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One step from a {@link Version} to the next. Immutable. Flush and compaction return such edits; only
 * {@link VersionSet} applies them.
 *
 * @param addedFiles tables that are new or moved to another level
 * @param deletedFiles tables that no longer belong to the store
 * @param addedLogs write-ahead logs that were begun
 * @param minLog logs below this number are no longer needed, -1 when unchanged
 * @param nextFileId file numbers from this one on are free, -1 when unchanged
 * @param flushedVersion all commits up to this version are in tables, -1 when unchanged
 * @param addedSegments value-log files that are new, or have grown
 * @param deletedSegments value-log files that no longer belong to the store
 */
public record VersionEdit(List<FileMetadata> addedFiles, List<DeletedFile> deletedFiles, List<Long> addedLogs,
        long minLog, long nextFileId, long flushedVersion, List<SegmentMetadata> addedSegments,
        List<Long> deletedSegments) {

    /**
     * A table that no longer belongs to the store.
     *
     * @param level where it was
     * @param id its number
     */
    public record DeletedFile(int level, long id) {
    }

    /** Copies the lists. */
    public VersionEdit {
        addedFiles = List.copyOf(addedFiles);
        deletedFiles = List.copyOf(deletedFiles);
        addedLogs = List.copyOf(addedLogs);
        addedSegments = List.copyOf(addedSegments);
        deletedSegments = List.copyOf(deletedSegments);
    }

    /** A builder of an edit that changes nothing yet. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from this edit. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.added.addAll(addedFiles);
        builder.deleted.addAll(deletedFiles);
        builder.logs.addAll(addedLogs);
        builder.segments.addAll(addedSegments);
        builder.gone.addAll(deletedSegments);
        builder.minLog = minLog;
        builder.nextFileId = nextFileId;
        builder.flushedVersion = flushedVersion;
        return builder;
    }

    /** Whether tables come or go. */
    public boolean changesFiles() {
        return !addedFiles.isEmpty() || !deletedFiles.isEmpty();
    }

    /** Whether value-log files come, grow or go. */
    public boolean changesSegments() {
        return !addedSegments.isEmpty() || !deletedSegments.isEmpty();
    }

    /** Collects the parts of an edit; for one thread. */
    public static final class Builder {

        private final List<FileMetadata> added = new ArrayList<>();
        private final List<DeletedFile> deleted = new ArrayList<>();
        private final List<Long> logs = new ArrayList<>();
        private final List<SegmentMetadata> segments = new ArrayList<>();
        private final List<Long> gone = new ArrayList<>();
        private long minLog = -1;
        private long nextFileId = -1;
        private long flushedVersion = -1;

        private Builder() {
        }

        /** A table comes. */
        public Builder addFile(FileMetadata file) {
            added.add(file);
            return this;
        }

        /** Changes the table that came last; false when none has come. */
        boolean changeLastFile(UnaryOperator<FileMetadata> change) {
            if (added.isEmpty()) {
                return false;
            }
            added.set(added.size() - 1, change.apply(added.get(added.size() - 1)));
            return true;
        }

        /** A table goes. */
        public Builder deleteFile(FileMetadata file) {
            return deleteFile(file.level(), file.id());
        }

        /** A table goes. */
        public Builder deleteFile(int level, long id) {
            deleted.add(new DeletedFile(level, id));
            return this;
        }

        /** A write-ahead log begins. */
        public Builder addLog(long id) {
            logs.add(id);
            return this;
        }

        /** What the table that was added last refers to; false when none was added. */
        boolean referTo(ValueReferences references) {
            if (added.isEmpty()) {
                return false;
            }
            int last = added.size() - 1;
            added.set(last, added.get(last).withReferences(references));
            return true;
        }

        /** A value-log file comes, or has grown. */
        public Builder addSegment(SegmentMetadata segment) {
            segments.add(segment);
            return this;
        }

        /** A value-log file goes. */
        public Builder deleteSegment(long id) {
            gone.add(id);
            return this;
        }

        /** Logs below this number are no longer needed. */
        public Builder minLog(long id) {
            minLog = id;
            return this;
        }

        /** File numbers from this one on are free. */
        public Builder nextFileId(long id) {
            nextFileId = id;
            return this;
        }

        /** All commits up to this version are in tables. */
        public Builder flushedVersion(long version) {
            flushedVersion = version;
            return this;
        }

        /** The edit. */
        public VersionEdit build() {
            return new VersionEdit(added, deleted, logs, minLog, nextFileId, flushedVersion, segments, gone);
        }
    }
}
