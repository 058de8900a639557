// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.recovery;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageUnavailableException;
import io.sett.engine.lsm.internal.io.FileNames;
import io.sett.engine.lsm.internal.io.IoErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a directory for one store that writes, or for several that only read. The lock is the operating system's, so it
 * ends with the process, however that dies; the file says who holds it.
 *
 * <p>Within one process the directories in use are listed here, since a second channel to a locked file would take away
 * the lock of the first one when it is closed (POSIX). Threads: any.
 */
public final class LockFile implements AutoCloseable {

    private static final int MAX_TEXT = 4096;
    private static final ReentrantLock REGISTRY = new ReentrantLock();
    private static final Map<Path, Held> HELD = new HashMap<>();

    /** A directory that is in use in this process. */
    private static final class Held {

        private final @Nullable FileChannel channel;
        private final boolean shared;
        private final String holder;
        private int users = 1;

        private Held(@Nullable FileChannel channel, boolean shared, String holder) {
            this.channel = channel;
            this.shared = shared;
            this.holder = holder;
        }
    }

    private final Path key;
    private @Nullable LockFile beside;
    private boolean closed;

    private LockFile(Path key) {
        this.key = key;
    }

    /**
     * Takes the lock or fails at once.
     *
     * @param directory exists
     * @param opener who asks, for the next one who comes: the name of the store
     * @param shared for reading only
     * @throws StorageUnavailableException RESOURCE_LOCK_TIMEOUT that names the holder
     */
    public static LockFile acquire(Path directory, String opener, boolean shared) {
        Path file = FileNames.lock(directory);
        REGISTRY.lock();
        try {
            Path key = directory.toRealPath(new LinkOption[0]);
            Held held = HELD.get(key);
            if (held != null) {
                if (!shared || !held.shared) {
                    throw taken(directory, LockHolder.complete(oneLine(held.holder)) + " (this process)", null);
                }
                held.users++;
                return new LockFile(key);
            }
            String holder = LockHolder.describe(opener);
            HELD.put(key, new Held(lock(directory, file, shared, holder), shared, holder));
            return new LockFile(key);
        } catch (IOException e) {
            throw IoErrors.failed("lock", file, e);
        } finally {
            REGISTRY.unlock();
        }
    }

    /** No lock, for a directory that nobody else can see. */
    public static LockFile none(Path directory) {
        return new LockFile(directory);
    }

    private static @Nullable FileChannel lock(Path directory, Path file, boolean shared, String holder)
            throws IOException {
        FileChannel channel;
        try {
            channel = open(file, shared);
        } catch (NoSuchFileException e) {
            if (shared) {
                return null;
            }
            throw e;
        }
        boolean done = false;
        try {
            FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
            if (lock == null) {
                throw taken(directory, LockHolder.complete(read(channel)), null);
            }
            if (!shared) {
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
            }
            done = true;
            return channel;
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    private static FileChannel open(Path file, boolean shared) throws IOException {
        if (shared) {
            return FileChannel.open(file, StandardOpenOption.READ);
        }
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            FileChannel channel = FileChannel.open(file, options, PosixFilePermissions.asFileAttribute(
                    EnumSet.of(java.nio.file.attribute.PosixFilePermission.OWNER_READ,
                            java.nio.file.attribute.PosixFilePermission.OWNER_WRITE)));
            return channel;
        }
        return FileChannel.open(file, options);
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_TEXT);
        int length = channel.read(buffer, 0);
        return length <= 0 ? "a process that has not written its name yet"
                : oneLine(new String(buffer.array(), 0, length, StandardCharsets.UTF_8));
    }

    private static String oneLine(String holder) {
        return holder.strip().replace("\n", ", ");
    }

    private static StorageUnavailableException taken(Path directory, String holder, @Nullable Throwable cause) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("directory", directory);
        details.put("holder", holder);
        return new StorageUnavailableException(ErrorCode.RESOURCE_LOCK_TIMEOUT, "the store in " + directory
                + " is open already: held by " + holder + "; close it there, wait for that process to end, or use "
                + "another directory", details);
    }

    /** Both locks as one, which is closed instead of them. */
    public LockFile with(LockFile other) {
        beside = other;
        return this;
    }

    /** Gives the directory free. Idempotent. */
    @Override
    public void close() {
        LockFile other = beside;
        if (other != null) {
            other.close();
        }
        REGISTRY.lock();
        try {
            Held held = HELD.get(key);
            if (closed || held == null) {
                return;
            }
            closed = true;
            if (--held.users == 0) {
                HELD.remove(key);
                FileChannel channel = held.channel;
                if (channel != null) {
                    channel.close();
                }
            }
        } catch (IOException e) {
            throw IoErrors.failed("unlock", key.resolve(FileNames.LOCK), e);
        } finally {
            REGISTRY.unlock();
        }
    }
}
