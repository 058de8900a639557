// SPDX-License-Identifier: Apache-2.0
package io.sett.api.event;

/**
 * What happened. Each type has its usual severity; an event may carry another one. New types may be added in any
 * version, so a {@code switch} needs a default.
 */
public enum EventType {
    /** A store can be used. */
    STORE_OPENED(Severity.INFO),
    /** A store has been closed. */
    STORE_CLOSED(Severity.INFO),
    /** A store was opened after a crash and has recovered what was acknowledged. */
    RECOVERED(Severity.INFO),
    /** A memtable is being written to a table. */
    FLUSH_STARTED(Severity.DEBUG),
    /** A memtable has been written to a table. */
    FLUSHED(Severity.DEBUG),
    /** A compaction begins. */
    COMPACTION_STARTED(Severity.DEBUG),
    /** A compaction ended. */
    COMPACTED(Severity.DEBUG),
    /** Garbage collection of a value log or file space begins. */
    GC_STARTED(Severity.DEBUG),
    /** Garbage collection ended. */
    GC_FINISHED(Severity.DEBUG),
    /** Writers are slowed down or made to wait. */
    WRITE_STALL_STARTED(Severity.WARNING),
    /** Writers are no longer held up. */
    WRITE_STALL_ENDED(Severity.INFO),
    /** An engine made a data file. */
    FILE_CREATED(Severity.DEBUG),
    /** An engine deleted a data file. */
    FILE_DELETED(Severity.DEBUG),
    /** A cache pushed out entries for want of room; one event for many entries. */
    EVICTED(Severity.DEBUG),
    /** A cache or temporary store removed what had expired; one event for many entries. */
    EXPIRED(Severity.DEBUG),
    /** The health of a store was looked at, as it is now and then; the details hold what came out. */
    HEALTH_CHECKED(Severity.DEBUG),
    /** The numbers of a store, as they are told now and then; the details hold all of them by name. */
    METRICS(Severity.DEBUG),
    /** A transaction has been open for long, and what it reads cannot be removed. Told once for each. */
    LONG_TRANSACTION(Severity.WARNING),
    /** The health of a store changed. */
    HEALTH_CHANGED(Severity.WARNING),
    /** Work in the background failed; the details say whether it is tried again. */
    BACKGROUND_ERROR(Severity.ERROR),
    /** Damaged data has been found. */
    CORRUPTION_FOUND(Severity.ERROR),
    /** A cursor, transaction or stream was forgotten; the details hold the stack that opened it. */
    LEAK(Severity.WARNING),
    /** A watched number passed its threshold. */
    ALERT_RAISED(Severity.WARNING),
    /** A watched number is back within its threshold. */
    ALERT_CLEARED(Severity.INFO),
    /** A backup begins. */
    BACKUP_STARTED(Severity.INFO),
    /** A backup is complete. */
    BACKUP_FINISHED(Severity.INFO),
    /** A backup could not be made. */
    BACKUP_FAILED(Severity.ERROR),
    /** An old backup has been removed by the rules of retention. */
    BACKUP_REMOVED(Severity.INFO),
    /** A restore begins. */
    RESTORE_STARTED(Severity.INFO),
    /** A restore is complete. */
    RESTORE_FINISHED(Severity.INFO),
    /** A backup could not be restored. */
    RESTORE_FAILED(Severity.ERROR),
    /** A repair ended; the details say what was saved and what was lost. */
    REPAIRED(Severity.WARNING),
    /** The stored format has been brought to a newer version. */
    UPGRADED(Severity.INFO),
    /** A setting has been changed while the store was running. */
    CONFIG_CHANGED(Severity.INFO),
    /** A setting was changed that takes effect only when the store is opened again; the old value stays in force. */
    RESTART_REQUIRED(Severity.WARNING),
    /** A store works with a substitute because the proper one failed. */
    FALLBACK_STARTED(Severity.WARNING),
    /** A store works with the proper one again. */
    FALLBACK_ENDED(Severity.INFO);

    private final Severity severity;

    EventType(Severity severity) {
        this.severity = severity;
    }

    /** The severity that events of this type usually have. */
    public Severity severity() {
        return severity;
    }
}
