// SPDX-License-Identifier: Apache-2.0
package io.sett.api.error;

/**
 * What went wrong, as a constant that programs may switch on and operators may search for.
 *
 * <p>Every error name of the documented storage layer has a constant; those without a documented name carry an empty
 * {@link #documentedName()}. A code says whether repeating the same call can succeed ({@link #retryable()}).
 */
public enum ErrorCode {
    /** The key is absent and the caller asked for an answer that needs it. */
    KEY_NOT_FOUND("ErrKeyNotFound", false),
    /** A passing fault; the same call may succeed when repeated. */
    RETRY("ErrRetry", true),
    /** The write collides with another one (a failed lock, a lost compare-and-set, a deadlock victim). */
    CONFLICT("ErrConflict", true),
    /** A write was tried in a read-only transaction. */
    READ_ONLY_TXN("ErrReadOnlyTxn", false),
    /** A transaction or batch is larger than its limit. */
    TXN_TOO_BIG("ErrTxnTooBig", false),
    /** Another transaction committed first what this one read or wrote. */
    TXN_CONFLICT("ErrTxnConflict", true),
    /** A transaction was open longer than its timeout. */
    TXN_TIMEOUT("ErrTxnTimeout", true),
    /** A transaction was used after commit or rollback. */
    TXN_DISCARDED("ErrTxnDiscarded", false),
    /** A backup could not be made. */
    BACKUP_FAILED("ErrBackupFailed", false),
    /** A backup could not be restored; the target is untouched. */
    RESTORE_FAILED("ErrRestoreFailed", false),
    /** A backup file is damaged, cut, or made with another key. */
    BACKUP_CORRUPTED("ErrBackupCorrupted", false),
    /** The documents' other name of {@link #INSUFFICIENT_DISK_SPACE}; never thrown, see {@link #canonical()}. */
    INSUFFICIENT_SPACE("ErrInsufficientSpace", false),
    /** The store is closed. */
    STORE_CLOSED("ErrStoreClosed", false),
    /** The body of a transaction failed for a reason of its own; everything was rolled back. */
    TRANSACTION_FAILED("ErrTransactionFailed", false),
    /** A batch could not be written; none of it is visible. */
    BATCH_WRITE_FAILED("ErrBatchWriteFailed", false),
    /** The configuration has values that are not allowed; the message lists all of them. */
    INVALID_CONFIG("ErrInvalidConfig", false),
    /** No engine of that id can be used. */
    STORAGE_ENGINE_NOT_FOUND("ErrStorageEngineNotFound", false),
    /** The provider has not been started, or has been closed. */
    PROVIDER_NOT_INITIALIZED("ErrProviderNotInitialized", false),
    /** The name belongs to a store of another kind. */
    INVALID_STORAGE_TYPE("ErrInvalidStorageType", false),
    /** The disk or a quota is full; reads go on. */
    INSUFFICIENT_DISK_SPACE("ErrInsufficientDiskSpace", false),
    /** A memory limit is reached and the policy is to refuse. */
    MEMORY_EXHAUSTED("ErrMemoryExhausted", true),
    /** All connections of a pool are in use. */
    CONNECTION_POOL_EXHAUSTED("ErrConnectionPoolExhausted", true),
    /** A lock (directory, shard, row) could not be had in time. */
    RESOURCE_LOCK_TIMEOUT("ErrResourceLockTimeout", true),
    /** The cache is full and its policy is to refuse. */
    CACHE_FULL("ErrCacheFull", true),
    /** A key or value is larger than its limit; nothing was changed. */
    ENTRY_TOO_LARGE("ErrEntryTooLarge", false),
    /** The cache is closed. */
    CACHE_CLOSED("ErrCacheClosed", false),
    /** A time to live is negative or outside its allowed range. */
    INVALID_TTL("ErrInvalidTTL", false),
    /** The entry has expired and is only waiting to be swept. */
    TTL_EXPIRED("ErrTTLExpired", false),
    /** The entry never expires, and the caller asked strictly for its time to live. */
    TTL_NOT_SET("ErrTTLNotSet", false),
    /** The entry vanished while its time to live was being changed. */
    TTL_UPDATE_FAILED("ErrTTLUpdateFailed", true),
    /** Free memory is too scattered to be used. */
    MEMORY_FRAGMENTATION("ErrMemoryFragmentation", true),
    /** One shard of a cache is over its share and the policy is to refuse. */
    SHARD_OVERFLOW("ErrShardOverflow", true),
    /** The garbage collector takes more of the time than allowed. */
    GC_PRESSURE("ErrGCPressure", true),

    /** An argument is not allowed; fix the calling code. */
    INVALID_ARGUMENT("", false),
    /** A file or store name is not allowed. */
    INVALID_NAME("", false),
    /** A write was tried on a store that is open for reading only. */
    READ_ONLY_STORE("", false),
    /** A cursor was read where it has no position. */
    NOT_POSITIONED("", false),
    /** A slice, cursor or other view was used after its scope ended. */
    SCOPE_ENDED("", false),
    /** The call's own deadline passed. */
    DEADLINE_EXCEEDED("", true),
    /** The calling thread was interrupted. */
    CANCELLED("", false),
    /** The engine lacks the asked capability. */
    UNSUPPORTED_FEATURE("", false),
    /** Stored data is damaged. */
    CORRUPTION("", false),
    /** A stored file does not match its checksum. */
    FILE_CORRUPTED("", false),
    /** The stored format is newer than this version of the library, or is not one of its formats. */
    FORMAT_VERSION("", false),
    /** The file system failed, or the store stopped after such a failure. */
    STORAGE_UNAVAILABLE("", false),
    /** The named file or directory is absent. */
    FILE_NOT_FOUND("", false),
    /** The named file or directory exists and overwriting was not asked for. */
    FILE_ALREADY_EXISTS("", false),
    /** A directory to be deleted has content. */
    DIRECTORY_NOT_EMPTY("", false),
    /** A quota on bytes or count would be exceeded. */
    QUOTA_EXCEEDED("", false),
    /** A stored number or value has another form than the operation needs. */
    VALUE_TYPE_MISMATCH("", false),
    /** The SQL statement is wrong. */
    SQL_STATEMENT("", false),
    /** A constraint of the SQL schema forbids the change. */
    SQL_CONSTRAINT("", false),
    /** The encryption key does not fit the data. */
    ENCRYPTION_KEY_MISMATCH("", false),
    /** A bug of the library or of an engine. */
    INTERNAL("", false);

    private final String documentedName;
    private final boolean retryable;

    ErrorCode(String documentedName, boolean retryable) {
        this.documentedName = documentedName;
        this.retryable = retryable;
    }

    /** The name the source documents give this error ("ErrKeyNotFound"), or the empty string. */
    public String documentedName() {
        return documentedName;
    }

    /** Whether repeating the same call, perhaps after a pause, can succeed without anybody's help. */
    public boolean retryable() {
        return retryable;
    }

    /** The code that is really thrown: this one, except for twins of one condition. */
    public ErrorCode canonical() {
        return this == INSUFFICIENT_SPACE ? INSUFFICIENT_DISK_SPACE : this;
    }
}
