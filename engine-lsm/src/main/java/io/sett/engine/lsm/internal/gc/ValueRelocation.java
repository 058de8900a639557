// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.gc;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.Damage;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.ValueCell;
import io.sett.engine.lsm.internal.base.ValuePointer;
import io.sett.engine.lsm.internal.codec.FileHeader;
import io.sett.engine.lsm.internal.compaction.ValueMover;
import io.sett.engine.lsm.internal.io.FileNames;
import io.sett.engine.lsm.internal.io.StoreDirectory;
import io.sett.engine.lsm.internal.version.SegmentMetadata;
import io.sett.engine.lsm.internal.version.VersionSet;
import io.sett.engine.lsm.internal.vlog.SegmentWriter;
import io.sett.engine.lsm.internal.vlog.ValueLog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Copies live values out of some files of the value log into new ones, as stored, each checked against its checksum.
 * For one collection by one thread.
 */
final class ValueRelocation implements ValueMover, AutoCloseable {

    private final Set<Long> victims;
    private final ValueLog values;
    private final VersionSet versions;
    private final long fileBytes;
    private final LongSupplier millis;
    private final Pace pace;
    private final ValueCell cell = new ValueCell();
    private final ValuePointer pointer = new ValuePointer();
    private final List<Long> kept = new ArrayList<>();
    private final List<SegmentMetadata> ended = new ArrayList<>();
    private byte[] stored = new byte[4096];
    private byte[] newCell = new byte[64];
    private int newCellLength;
    private @Nullable SegmentWriter writer;
    private final Set<Long> settled = new HashSet<>();
    private long movedBytes;
    private long movedValues;

    ValueRelocation(Set<Long> victims, ValueLog values, VersionSet versions, long fileBytes, LongSupplier millis,
            Pace pace) {
        this.victims = victims;
        this.values = values;
        this.versions = versions;
        this.fileBytes = fileBytes;
        this.millis = millis;
        this.pace = pace;
    }

    @Override
    public boolean move(InternalCursor entry) {
        if (InternalKey.kind(entry.trailer()) != EntryKind.PUT_POINTER) {
            return false;
        }
        if (!cell.parse(entry.cellArray(), entry.cellOffset(), entry.cellLength())
                || !pointer.parse(cell.array(), cell.payloadOffset(), cell.payloadLength())) {
            throw Damage.at(values.directory(), 0, "an entry has a malformed pointer into the value log");
        }
        if (!victims.contains(pointer.segment())) {
            return false;
        }
        stored = Bytes.atLeast(stored, pointer.storedLength());
        values.readStored(pointer, stored);
        SegmentWriter target = room(ValuePointer.framedLength(pointer.storedLength()));
        long at = target.append(stored, pointer.storedLength());
        newCell = Bytes.atLeast(newCell, entry.cellLength());
        newCellLength = entry.cellLength();
        System.arraycopy(entry.cellArray(), entry.cellOffset(), newCell, 0, newCellLength);
        ValuePointer.place(newCell, cell.payloadOffset() - entry.cellOffset(), target.id(), at);
        movedBytes += pointer.storedLength();
        movedValues++;
        pace.moved(pointer.storedLength());
        return true;
    }

    @Override
    public byte[] cell() {
        return newCell;
    }

    @Override
    public int cellLength() {
        return newCellLength;
    }

    /** A file with room for so many bytes; one that has none is ended first. */
    private SegmentWriter room(long bytes) {
        SegmentWriter open = writer;
        if (open != null && open.length() > FileHeader.LENGTH && open.length() + bytes > fileBytes) {
            open.force();
            ended.add(metadata(open));
            open.close();
            open = null;
        }
        if (open == null) {
            long id = versions.newFileId();
            versions.keep(id);
            kept.add(id);
            open = SegmentWriter.create(values.directory(), versions.storeId(), id, millis.getAsLong());
            writer = open;
        }
        return open;
    }

    private SegmentMetadata metadata(SegmentWriter file) {
        return new SegmentMetadata(file.id(), file.length(), false, millis.getAsLong());
    }

    @Override
    public List<SegmentMetadata> settle() {
        List<SegmentMetadata> files = new ArrayList<>(ended);
        ended.clear();
        SegmentWriter open = writer;
        if (open != null) {
            open.force();
            files.add(metadata(open));
        }
        if (!files.isEmpty()) {
            StoreDirectory.of(values.directory()).force();
            files.forEach(file -> settled.add(file.id()));
        }
        return files;
    }

    long movedBytes() {
        return movedBytes;
    }

    long movedValues() {
        return movedValues;
    }

    /** From now on the files stay only if something refers to them; one that no edit can name is deleted. */
    @Override
    public void close() {
        SegmentWriter open = writer;
        try {
            if (open != null) {
                open.close();
            }
        } finally {
            kept.forEach(versions::letGo);
        }
        for (long id : kept) {
            if (!settled.contains(id)) {
                StoreDirectory.delete(FileNames.valueLog(values.directory(), id));
            }
        }
    }
}
