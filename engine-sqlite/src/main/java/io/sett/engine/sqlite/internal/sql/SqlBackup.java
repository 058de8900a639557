// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.sql;

import io.sett.api.common.Progress;
import io.sett.api.common.ProgressListener;
import io.sett.api.error.CorruptionException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.KeyNotFoundException;
import io.sett.api.error.StorageException;
import io.sett.api.error.StorageUnavailableException;
import io.sett.api.event.EventType;
import io.sett.api.event.StorageEvent;
import io.sett.api.sql.SqlBackupResult;
import io.sett.engine.sqlite.internal.db.DatabaseCopy;
import io.sett.engine.sqlite.internal.db.DatabaseOptions;
import io.sett.engine.sqlite.internal.db.Session;
import io.sett.spi.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Backup and restore by SQLite's own copying of pages (https://sqlite.org/backup.html). A backup copies under a read
 * transaction, so it shows one moment while writers go on; a restore is one transaction of the writer.
 */
final class SqlBackup {

    private final SqlCore core;

    SqlBackup(SqlCore core) {
        this.core = core;
    }

    SqlBackupResult backup(Path target, ProgressListener progress, Deadline deadline) {
        core.database().checkOpen();
        Path file = DatabaseOptions.onDisk(core.name(), target).toAbsolutePath();
        if (Files.exists(file)) {
            throw new InvalidOperationException(ErrorCode.FILE_ALREADY_EXISTS, "store '" + core.name()
                    + "': the backup "
                    + "would overwrite " + file + "; choose another name or delete it", Map.of("file", file));
        }
        long start = System.nanoTime();
        tell(EventType.BACKUP_STARTED, "A backup to " + file + " begins", file);
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished-" + Long.toHexString(start));
        try {
            DatabaseCopy.create(unfinished);
            core.database().reading(deadline, "backup", session -> copyOut(session, unfinished, progress, deadline));
            DatabaseCopy.force(unfinished);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            long bytes = Files.size(file);
            tell(EventType.BACKUP_FINISHED, "The backup " + file + " is complete", file);
            return new SqlBackupResult(target, bytes, Duration.ofNanos(System.nanoTime() - start));
        } catch (IOException failed) {
            tell(EventType.BACKUP_FAILED, "The backup to " + file + " failed: " + failed, file);
            throw new StorageUnavailableException(ErrorCode.BACKUP_FAILED, "store '" + core.name() + "': the backup to "
                    + file + " failed: " + failed + "; nothing of it remains", Map.of("file", file), failed);
        } catch (StorageUnavailableException | io.sett.api.error.OutOfSpaceException failed) {
            tell(EventType.BACKUP_FAILED, failed.getMessage(), file);
            throw new StorageUnavailableException(ErrorCode.BACKUP_FAILED, "store '" + core.name() + "': the backup to "
                    + file + " failed, nothing of it remains: " + failed.getMessage(), Map.of("file", file), failed);
        } finally {
            DatabaseCopy.delete(unfinished);
        }
    }

    private static long copyOut(Session session, Path file, ProgressListener progress, Deadline deadline)
            throws SQLException {
        session.run("begin");
        try {
            session.number("select count(*) from sqlite_schema");
            return DatabaseCopy.out(session, file, progress, deadline);
        } finally {
            session.run("rollback");
        }
    }

    SqlBackupResult restore(Path source, ProgressListener progress, Deadline deadline) {
        core.database().checkOpen();
        Path file = DatabaseOptions.onDisk(core.name(), source).toAbsolutePath();
        if (!Files.isRegularFile(file)) {
            throw new KeyNotFoundException(ErrorCode.FILE_NOT_FOUND, "store '" + core.name() + "': there is no backup "
                    + file, Map.of("file", file));
        }
        long start = System.nanoTime();
        Path own = core.database().options().file();
        Path copy = own.resolveSibling(own.getFileName() + ".restore-" + Long.toHexString(start));
        tell(EventType.RESTORE_STARTED, "The restore of " + file + " begins", file);
        try {
            progress.onProgress(new Progress("check", 0, 1, "files"));
            DatabaseCopy.create(copy);
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            List<String> problems = DatabaseCopy.check(copy, core.database().options().pageSize());
            if (!problems.isEmpty()) {
                throw new CorruptionException(ErrorCode.BACKUP_CORRUPTED, "store '" + core.name() + "': the backup "
                        + file
                        + " is damaged, the store is unchanged: " + problems, Map.of("file", file));
            }
            progress.onProgress(new Progress("check", 1, 1, "files"));
            copyIn(copy, progress, deadline);
            tell(EventType.RESTORE_FINISHED, "The backup " + file + " is in place", file);
            return new SqlBackupResult(source, Files.size(file), Duration.ofNanos(System.nanoTime() - start));
        } catch (IOException | StorageException failed) {
            tell(EventType.RESTORE_FAILED, "The restore of " + file + " failed: " + failed.getMessage(), file);
            throw failed instanceof StorageException known && !(known instanceof StorageUnavailableException) ? known
                    : new StorageUnavailableException(ErrorCode.RESTORE_FAILED, "store '" + core.name()
                    + "': the restore of " + file + " failed, the store is unchanged: " + failed.getMessage(),
                    Map.of("file", file), failed);
        } finally {
            DatabaseCopy.delete(copy);
        }
    }

    private void copyIn(Path copy, ProgressListener progress, Deadline deadline) {
        core.cache().ifPresent(QueryCache::beginAll);
        try {
            core.endTransactions();
            core.handles().closeAll();
            core.database().exclusively(deadline, "restore", session -> {
                DatabaseCopy.in(session, copy, progress);
                return true;
            });
        } finally {
            core.database().schemaChanged();
            core.cache().ifPresent(QueryCache::endAll);
        }
    }

    private void tell(EventType type, String message, Path file) {
        core.context().events().onEvent(StorageEvent.of(core.context().clock().instant(), core.name(),
                core.context().kind(), type, message, Map.of("file", file)));
    }
}
