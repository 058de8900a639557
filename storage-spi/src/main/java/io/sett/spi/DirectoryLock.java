// SPDX-License-Identifier: Apache-2.0
package io.sett.spi;

import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a directory to one store, in this process and among processes.
 *
 * <p>The lock is one of the operating system on the file {@value #FILE_NAME}, so it ends with its process however that
 * ends; the content of the file only tells who holds it. Where the file system has no locks (in-memory ones) the
 * directory is kept to one store of this process.
 *
 * <p>Threads: any. {@link #close()} is idempotent and leaves the file in place.
 */
public final class DirectoryLock implements AutoCloseable {

    /** The name of the lock file. */
    public static final String FILE_NAME = "LOCK";

    private static final int MAX_TEXT = 4096;
    private static final Map<Path, String> HELD = new ConcurrentHashMap<>();

    private final Path directory;
    private final @Nullable FileChannel channel;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DirectoryLock(Path directory, @Nullable FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes the lock of an existing directory, without waiting.
     *
     * @param opener named to those who come later ("store 'chain'")
     * @throws DeadlineExceededException RESOURCE_LOCK_TIMEOUT when it is taken; the message names the holder
     */
    public static DirectoryLock acquire(Path directory, String opener) {
        Path real = real(directory);
        String self = LockHolder.describe(opener);
        String other = HELD.putIfAbsent(real, self);
        if (other != null) {
            throw taken(directory, other + " (this process)");
        }
        boolean locked = false;
        try {
            DirectoryLock lock = new DirectoryLock(real, open(real, self));
            locked = true;
            return lock;
        } catch (IOException failed) {
            throw new StorageUnavailableException(ErrorCode.STORAGE_UNAVAILABLE, "cannot lock directory " + directory
                    + ": " + failed + "; check that it exists and may be written", Map.of("directory", directory), failed);
        } finally {
            if (!locked) {
                HELD.remove(real);
            }
        }
    }

    /** Takes the lock if nobody holds it, for cleaning up after dead owners; null when somebody does. */
    public static @Nullable DirectoryLock tryAcquire(Path directory, String opener) {
        try {
            return acquire(directory, opener);
        } catch (DeadlineExceededException held) {
            return null;
        }
    }

    private static @Nullable FileChannel open(Path directory, String self) throws IOException {
        Path file = directory.resolve(FILE_NAME);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        boolean kept = false;
        try {
            FileLock lock = lock(channel);
            if (lock == null) {
                throw taken(directory, text(channel));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(self.getBytes(StandardCharsets.UTF_8)), 0);
            kept = true;
            return channel;
        } catch (UnsupportedOperationException noLocksHere) {
            return null;
        } finally {
            if (!kept) {
                channel.close();
            }
        }
    }

    /** A lock on one byte far behind the text, so that others can read who holds it where locks are mandatory. */
    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        return channel.tryLock(1 << 20, 1, false);
    }

    private static String text(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_TEXT);
        channel.read(buffer, 0);
        String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
        return text.isEmpty() ? "a process that has not yet written who it is" : text;
    }

    private static DeadlineExceededException taken(Path directory, String holder) {
        return new DeadlineExceededException(ErrorCode.RESOURCE_LOCK_TIMEOUT, "directory " + directory
                + " is in use by " + holder + "; close it there first, or open it from one place and share the store",
                Map.of("directory", directory, "holder", holder));
    }

    private static Path real(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException absent) {
            return directory.toAbsolutePath().normalize();
        }
    }

    /** Whether some store of this process holds the directory. */
    public static boolean isHeldHere(Path directory) {
        return HELD.containsKey(real(directory));
    }

    /** Removes the lock file of a directory that is about to be deleted, then gives the lock back. */
    public void closeAndDelete() {
        try {
            Files.deleteIfExists(directory.resolve(FILE_NAME));
        } catch (IOException failed) {
            throw new StorageUnavailableException(ErrorCode.STORAGE_UNAVAILABLE,
                    "cannot delete the lock file of " + directory + ": " + failed, Map.of("directory", directory), failed);
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException failed) {
            throw new StorageUnavailableException(ErrorCode.STORAGE_UNAVAILABLE,
                    "cannot give back the lock of " + directory + ": " + failed, Map.of("directory", directory), failed);
        } finally {
            HELD.remove(directory);
        }
    }
}
