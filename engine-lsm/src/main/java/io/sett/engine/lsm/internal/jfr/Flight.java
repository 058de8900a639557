// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.jfr;

/**
 * Background work for the Flight Recorder. Asked by threads that do such work and by nobody else, so that a program
 * that only puts and gets loads nothing of it. Any thread; a span belongs to the thread that began it.
 *
 * <p>Events are named {@code io.sett.lsm.Flush}, {@code Compaction}, {@code GarbageCollection}, {@code WriteStall},
 * {@code FileCreated}, {@code FileDeleted} and {@code Recovery}. On the module path the program must have module
 * {@code jdk.jfr} ({@code --add-modules jdk.jfr}) unless something else requires it.
 */
public final class Flight {

    /** What can be recorded. */
    public enum Work {
        /** A memtable is written to tables. */
        FLUSH,
        /** Tables are merged. */
        COMPACTION,
        /** A file of the value log is collected. */
        GARBAGE_COLLECTION,
        /** Writers wait. */
        STALL,
        /** A data file was made. */
        FILE_CREATED,
        /** A data file was deleted. */
        FILE_DELETED,
        /** A store is opened after a crash. */
        RECOVERY
    }

    /** Something that takes time. */
    public interface Span {

        /** Of something that is not recorded. */
        Span NONE = new Span() {
            @Override
            public void end(String message, long readBytes, long writtenBytes) {
                // Nobody records.
            }
        };

        /** It is over; by the thread that began it. */
        void end(String message, long readBytes, long writtenBytes);
    }

    private Flight() {
    }

    /** Whether module jdk.jfr is there; asked once, when there is background work for the first time. */
    private static final class Recorder {

        private static final boolean PRESENT = isPresent();

        private static boolean isPresent() {
            try {
                Class.forName("jdk.jfr.FlightRecorder", false, Flight.class.getClassLoader());
                return true;
            } catch (ClassNotFoundException | LinkageError absent) {
                return false;
            }
        }
    }

    /** Begins a span. */
    public static Span begin(Work work, String store) {
        return Recorder.PRESENT ? FlightEvents.begin(work, store) : Span.NONE;
    }

    /** Something that takes no time worth telling. */
    public static void tell(Work work, String store, String message, long bytes) {
        begin(work, store).end(message, 0, bytes);
    }
}
