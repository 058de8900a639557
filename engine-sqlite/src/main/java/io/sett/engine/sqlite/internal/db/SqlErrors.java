// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.db;

import io.sett.api.error.CorruptionException;
import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InternalStorageException;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.LimitExceededException;
import io.sett.api.error.OutOfSpaceException;
import io.sett.api.error.StorageException;
import io.sett.api.error.StorageUnavailableException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Turns errors of the driver into those of the library. Result codes: https://sqlite.org/rescode.html.
 *
 * @param store name of the store
 * @param file its database
 */
public record SqlErrors(String store, Path file) {

    /** The primary result code of an error, without its extension. */
    public static SQLiteErrorCode primary(SQLException error) {
        if (error instanceof SQLiteException own) {
            return SQLiteErrorCode.getErrorCode(own.getResultCode().code & 0xff);
        }
        return SQLiteErrorCode.getErrorCode(error.getErrorCode() & 0xff);
    }

    /** Whether another connection is in the way, so that the same call may be tried again. */
    public static boolean isBusy(SQLException error) {
        SQLiteErrorCode code = primary(error);
        return code == SQLiteErrorCode.SQLITE_BUSY || code == SQLiteErrorCode.SQLITE_LOCKED;
    }

    /** Whether the running statement was told to stop. */
    public static boolean isInterrupt(SQLException error) {
        return primary(error) == SQLiteErrorCode.SQLITE_INTERRUPT;
    }

    /** The error for the caller, of what was being done ("query"), maybe with the statement. */
    public StorageException of(String what, Optional<String> sql, SQLException error) {
        String where = "store '" + store + "': " + what + " failed: " + text(error)
                + sql.map(statement -> ". Statement: " + shown(statement)).orElse("");
        Map<String, Object> details = Map.of("store", store, "file", file, "result", result(error),
                "sql", sql.map(SqlErrors::shown).orElse(""));
        return switch (primary(error)) {
            case SQLITE_CONSTRAINT -> new InvalidOperationException(ErrorCode.SQL_CONSTRAINT, where, details, error);
            case SQLITE_ERROR, SQLITE_MISMATCH, SQLITE_RANGE, SQLITE_AUTH, SQLITE_SCHEMA ->
                new InvalidOperationException(ErrorCode.SQL_STATEMENT, where, details, error);
            case SQLITE_TOOBIG -> new LimitExceededException(ErrorCode.ENTRY_TOO_LARGE, where
                    + "; a row holds at most about 1 GB", details, error);
            case SQLITE_FULL -> new OutOfSpaceException(ErrorCode.INSUFFICIENT_DISK_SPACE, where + " (" + file
                    + "); nothing was changed, reading goes on; free space or raise the limit", details, error);
            case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT -> new CorruptionException(ErrorCode.CORRUPTION, where
                    + "; " + file + " is damaged or no database; restore a backup", details, error);
            case SQLITE_READONLY -> new InvalidOperationException(ErrorCode.READ_ONLY_STORE, where + "; " + file
                    + " or its directory cannot be written", details, error);
            case SQLITE_BUSY, SQLITE_LOCKED -> new DeadlineExceededException(ErrorCode.RESOURCE_LOCK_TIMEOUT, where
                    + "; another process or a connection of the DataSource holds " + file, details, error);
            case SQLITE_NOMEM -> new LimitExceededException(ErrorCode.MEMORY_EXHAUSTED, where
                    + "; lower cache_size or give the process more memory", details, error);
            case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_NOLFS, SQLITE_PROTOCOL ->
                new StorageUnavailableException(ErrorCode.STORAGE_UNAVAILABLE, where + "; look at " + file
                        + ", its directory and the device", details, error);
            default -> new InternalStorageException(ErrorCode.INTERNAL, where, details, error);
        };
    }

    private static String result(SQLException error) {
        return error instanceof SQLiteException own ? own.getResultCode().name() : Integer.toString(
                error.getErrorCode());
    }

    /** The text of the error without the driver's general remark about the code. */
    private static String text(SQLException error) {
        String message = String.valueOf(error.getMessage());
        int open = message.indexOf(" (");
        boolean framed = message.startsWith("[SQLITE_") && open > 0 && message.endsWith(")");
        return framed ? message.substring(message.indexOf('(', open) + 1, message.length() - 1) : message;
    }

    private static String shown(String sql) {
        return io.sett.engine.sqlite.internal.text.SqlScanner.shown(sql);
    }
}
