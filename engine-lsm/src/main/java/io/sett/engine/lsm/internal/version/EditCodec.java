// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.version;

import io.sett.engine.lsm.internal.codec.ByteReader;
import io.sett.engine.lsm.internal.codec.ByteWriter;
import io.sett.engine.lsm.internal.table.ValueReferences;
import io.sett.engine.lsm.internal.version.VersionEdit.DeletedFile;

/** Turns a {@link VersionEdit} into the payload of a manifest record and back; see the package documentation. */
final class EditCodec {

    /** Not zero, so that a record whose last byte was not written is known. */
    private static final int END = 0x7f;
    private static final int ADD_FILE = 1;
    private static final int DELETE_FILE = 2;
    private static final int ADD_LOG = 3;
    private static final int MIN_LOG = 4;
    private static final int NEXT_FILE_ID = 5;
    private static final int FLUSHED_VERSION = 6;
    private static final int REFERENCES = 7;
    private static final int ADD_SEGMENT = 8;
    private static final int DELETE_SEGMENT = 9;
    private static final int PERISHABLE = 10;

    private static final int ADD_FILE_WITH_RANGES = 16;

    private EditCodec() {
    }

    static void write(VersionEdit edit, ByteWriter out) {
        for (DeletedFile file : edit.deletedFiles()) {
            out.putVarint(DELETE_FILE).putVarint(file.level()).putVarint(file.id());
        }
        for (FileMetadata file : edit.addedFiles()) {
            boolean ranges = file.rangeDeletions() > 0;
            out.putVarint(ranges ? ADD_FILE_WITH_RANGES : ADD_FILE);
            out.putVarint(file.id()).putVarint(file.level()).putVarint(file.size());
            out.putBlob(file.smallest()).putBlob(file.largest());
            out.putVarint(file.minVersion()).putVarint(file.maxVersion());
            out.putVarint(file.entries()).putVarint(file.tombstones()).putVarint(file.createdMillis());
            if (ranges) {
                out.putVarint(file.rangeDeletions());
            }
            if (!file.references().isEmpty()) {
                out.putVarint(REFERENCES);
                file.references().encode(out);
            }
            Perishable perishable = file.perishable();
            if (!perishable.equals(Perishable.NONE)) {
                out.putVarint(PERISHABLE).putVarint(perishable.shadowed()).putVarint(perishable.expiring());
                out.putVarint(perishable.minExpiry()).putVarint(perishable.maxExpiry());
            }
        }
        for (long log : edit.addedLogs()) {
            out.putVarint(ADD_LOG).putVarint(log);
        }
        for (SegmentMetadata segment : edit.addedSegments()) {
            out.putVarint(ADD_SEGMENT).putVarint(segment.id()).putVarint(segment.size());
            out.putVarint(segment.isLog() ? 1 : 0).putVarint(segment.createdMillis());
        }
        for (long segment : edit.deletedSegments()) {
            out.putVarint(DELETE_SEGMENT).putVarint(segment);
        }
        number(out, MIN_LOG, edit.minLog());
        number(out, NEXT_FILE_ID, edit.nextFileId());
        number(out, FLUSHED_VERSION, edit.flushedVersion());
        out.putVarint(END);
    }

    private static void number(ByteWriter out, int tag, long value) {
        if (value >= 0) {
            out.putVarint(tag).putVarint(value);
        }
    }

    static VersionEdit read(ByteReader in) {
        VersionEdit.Builder edit = VersionEdit.builder();
        while (true) {
            int tag = in.getVarint(END);
            switch (tag) {
                case END -> {
                    if (in.hasRemaining()) {
                        throw in.damage("bytes follow the end of an edit");
                    }
                    return edit.build();
                }
                case ADD_FILE -> edit.addFile(file(in, false));
                case ADD_FILE_WITH_RANGES -> edit.addFile(file(in, true));
                case DELETE_FILE -> edit.deleteFile(in.getVarint(Version.LEVELS - 1), positive(in));
                case ADD_LOG -> edit.addLog(positive(in));
                case MIN_LOG -> edit.minLog(positive(in));
                case NEXT_FILE_ID -> edit.nextFileId(positive(in));
                case REFERENCES -> {
                    if (!edit.referTo(ValueReferences.decode(in))) {
                        throw in.damage("references of no table");
                    }
                }
                case ADD_SEGMENT -> edit.addSegment(new SegmentMetadata(positive(in), positive(in),
                        in.getVarint(1) == 1, positive(in)));
                case DELETE_SEGMENT -> edit.deleteSegment(positive(in));
                case FLUSHED_VERSION -> edit.flushedVersion(positive(in));
                case PERISHABLE -> {
                    Perishable perishable = new Perishable(positive(in), positive(in), positive(in), positive(in));
                    if (!edit.changeLastFile(file -> file.withPerishable(perishable))) {
                        throw in.damage("no table lies before what perishes in it");
                    }
                }
                default -> throw in.damage("unknown field " + tag);
            }
        }
    }

    private static FileMetadata file(ByteReader in, boolean ranges) {
        long id = positive(in);
        int level = in.getVarint(Version.LEVELS - 1);
        long size = positive(in);
        byte[] smallest = in.getBlob();
        byte[] largest = in.getBlob();
        try {
            return new FileMetadata(id, level, size, smallest, largest, positive(in), positive(in), positive(in),
                    positive(in), positive(in), ranges ? positive(in) : 0);
        } catch (IllegalArgumentException e) {
            throw in.damage(e.getMessage());
        }
    }

    private static long positive(ByteReader in) {
        long value = in.getVarint();
        if (value < 0) {
            throw in.damage("a negative number");
        }
        return value;
    }
}
