// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.db;

import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageUnavailableException;
import io.sett.spi.log.Loggers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;

/**
 * Marks a database as owned by one store: a file beside it, locked by the operating system, that names the owner. The
 * lock goes with the process, so a mark left by a killed one is no obstacle.
 *
 * <p>Owners within this process are kept in a table as well, and the file of an owned database is never opened again
 * here: on POSIX systems closing any descriptor of a file would drop the process's lock on it.
 */
final class OwnerMark implements AutoCloseable {

    private static final Logger LOG = Loggers.of(OwnerMark.class);
    private static final Map<Path, String> OWNED_HERE = new ConcurrentHashMap<>();
    private static final int LONGEST = 4096;

    private final Path database;
    private final FileChannel channel;

    private OwnerMark(Path database, FileChannel channel) {
        this.database = database;
        this.channel = channel;
    }

    /**
     * Takes a database for a store.
     *
     * @param database its real path
     */
    static OwnerMark take(String store, Path database) {
        String owner = describe(store);
        String here = OWNED_HERE.putIfAbsent(database, owner);
        if (here != null) {
            throw owned(store, database, here);
        }
        boolean taken = false;
        try {
            OwnerMark mark = lock(store, database, owner);
            taken = true;
            return mark;
        } catch (IOException failed) {
            throw new StorageUnavailableException(ErrorCode.STORAGE_UNAVAILABLE, "store '" + store
                    + "': the mark " + file(database) + " could not be written: " + failed, Map.of("store", store,
                    "file", file(database)), failed);
        } finally {
            if (!taken) {
                OWNED_HERE.remove(database);
            }
        }
    }

    private static OwnerMark lock(String store, Path database, String owner) throws IOException {
        FileChannel channel = FileChannel.open(file(database), Set.of(StandardOpenOption.CREATE,
                StandardOpenOption.READ, StandardOpenOption.WRITE), DatabaseFiles.ownerOnly(file(database)));
        boolean locked = false;
        try {
            FileLock lock = channel.tryLock(LONGEST, 1, false);
            if (lock == null) {
                throw owned(store, database, read(channel));
            }
            channel.truncate(0);
            ByteBuffer text = ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8));
            while (text.hasRemaining()) {
                channel.write(text);
            }
            locked = true;
            return new OwnerMark(database, channel);
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(LONGEST);
        channel.read(text, 0);
        String owner = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
        return owner.isEmpty() ? "an unknown process" : owner;
    }

    private static Path file(Path database) {
        return database.resolveSibling(database.getFileName() + ".lock");
    }

    private static String describe(String store) {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            host = "a host without a name";
        }
        ProcessHandle process = ProcessHandle.current();
        Instant start = process.info().startInstant().orElse(Instant.EPOCH);
        return "store '" + store + "' of process " + process.pid() + " (started " + start + ") on " + host
                + ", opened " + Instant.now() + " by thread " + Thread.currentThread().getName();
    }

    private static DeadlineExceededException owned(String store, Path database, String owner) {
        return new DeadlineExceededException(ErrorCode.RESOURCE_LOCK_TIMEOUT, "store '" + store + "': " + database
                + " is in use by " + owner + "; close that store or give this one a file of its own",
                Map.of("store", store, "file", database, "owner", owner));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            LOG.warn("The mark of {} could not be closed", database, failed);
        } finally {
            OWNED_HERE.remove(database);
        }
    }
}
