// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The events. Loaded only where module jdk.jfr is; an event class only when the recorder has been started. */
final class FlightEvents {

    private FlightEvents() {
    }

    static Flight.Span begin(Flight.Work work, String store) {
        if (!FlightRecorder.isInitialized()) {
            return Flight.Span.NONE;
        }
        WorkEvent event = create(work);
        if (!event.isEnabled()) {
            return Flight.Span.NONE;
        }
        event.store = store;
        event.begin();
        return event;
    }

    private static WorkEvent create(Flight.Work work) {
        return switch (work) {
            case FLUSH -> new Flush();
            case COMPACTION -> new Compaction();
            case GARBAGE_COLLECTION -> new GarbageCollection();
            case STALL -> new WriteStall();
            case FILE_CREATED -> new FileCreated();
            case FILE_DELETED -> new FileDeleted();
            case RECOVERY -> new Recovery();
        };
    }

    /** What all of them say. */
    @Category({"Sett", "LSM engine"})
    @StackTrace(false)
    abstract static class WorkEvent extends Event implements Flight.Span {

        @Label("Store")
        String store = "";
        @Label("Message")
        String message = "";
        @Label("Read")
        @DataAmount
        long readBytes;
        @Label("Written")
        @DataAmount
        long writtenBytes;

        @Override
        public void end(String what, long read, long written) {
            end();
            if (shouldCommit()) {
                message = what;
                readBytes = read;
                writtenBytes = written;
                commit();
            }
        }
    }

    @Name("io.sett.lsm.Flush")
    @Label("Flush")
    private static final class Flush extends WorkEvent {
    }

    @Name("io.sett.lsm.Compaction")
    @Label("Compaction")
    private static final class Compaction extends WorkEvent {
    }

    @Name("io.sett.lsm.GarbageCollection")
    @Label("Garbage collection of the value log")
    private static final class GarbageCollection extends WorkEvent {
    }

    @Name("io.sett.lsm.WriteStall")
    @Label("Write stall")
    private static final class WriteStall extends WorkEvent {
    }

    @Name("io.sett.lsm.FileCreated")
    @Label("File created")
    private static final class FileCreated extends WorkEvent {
    }

    @Name("io.sett.lsm.FileDeleted")
    @Label("File deleted")
    private static final class FileDeleted extends WorkEvent {
    }

    @Name("io.sett.lsm.Recovery")
    @Label("Recovery")
    private static final class Recovery extends WorkEvent {
    }
}
