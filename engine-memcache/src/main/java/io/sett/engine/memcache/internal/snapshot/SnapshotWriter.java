// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.snapshot;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.OutOfSpaceException;
import io.sett.api.error.StorageException;
import io.sett.api.error.StorageUnavailableException;
import io.sett.spi.log.Loggers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.slf4j.Logger;

/** Writes a snapshot file; {@link #finish} puts it in place, closing before that leaves nothing. One thread. */
public final class SnapshotWriter implements AutoCloseable {

    private static final Logger LOG = Loggers.of(SnapshotWriter.class);
    private static final int BUFFER = 1 << 16;

    private final Path target;
    private final Path temporary;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private final CRC32C whole = new CRC32C();
    private long entries;
    private long bytes;
    private boolean finished;

    private SnapshotWriter(Path target, Path temporary, FileChannel channel) {
        this.target = target;
        this.temporary = temporary;
        this.channel = channel;
    }

    /** Begins a file beside the target. */
    public static SnapshotWriter open(Path target, long now) {
        Path absolute = target.toAbsolutePath();
        Path temporary = absolute.resolveSibling(absolute.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Path parent = absolute.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            SnapshotWriter writer = new SnapshotWriter(absolute, temporary, channel);
            writer.writeHeader(now);
            return writer;
        } catch (IOException failed) {
            throw unavailable(target, failed);
        }
    }

    private static StorageException unavailable(Path target, IOException failed) {
        String reason = String.valueOf(failed.getMessage()).toLowerCase(Locale.ROOT);
        if (reason.contains("no space left") || reason.contains("not enough space") || reason.contains("quota")) {
            return new OutOfSpaceException(ErrorCode.INSUFFICIENT_DISK_SPACE, "the disk is full; the cache snapshot "
                    + target + " was not written: " + failed + "; an older file of that name is untouched; free some "
                    + "space and save again", Map.of("file", target), failed);
        }
        return new StorageUnavailableException(ErrorCode.STORAGE_UNAVAILABLE, "the cache snapshot " + target
                + " could not be written: " + failed + "; an older file of that name is untouched",
                Map.of("file", target), failed);
    }

    private void writeHeader(long now) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(SnapshotFormat.HEADER);
        header.putLong(SnapshotFormat.MAGIC).putInt(SnapshotFormat.VERSION).putLong(now);
        putChecksum(header);
        write(header.flip());
    }

    private static void putChecksum(ByteBuffer record) {
        CRC32C crc = new CRC32C();
        crc.update(record.array(), 0, record.position());
        record.putInt((int) crc.getValue());
    }

    /** Adds an entry. */
    public void add(SnapshotEntry entry) {
        ByteBuffer head = ByteBuffer.allocate(SnapshotFormat.ENTRY_HEADER + entry.key().length);
        head.putInt(entry.key().length).putInt(entry.value().length).putLong(entry.expiry()).put(entry.key());
        CRC32C crc = new CRC32C();
        crc.update(head.array());
        crc.update(entry.value());
        ByteBuffer tail = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue());
        try {
            write(head.flip());
            write(ByteBuffer.wrap(entry.value()));
            write(tail.flip());
        } catch (IOException failed) {
            throw unavailable(target, failed);
        }
        entries++;
    }

    private void write(ByteBuffer part) throws IOException {
        whole.update(part.duplicate());
        bytes += part.remaining();
        if (part.remaining() > buffer.remaining()) {
            drain(buffer.flip());
            buffer.clear();
        }
        if (part.remaining() > buffer.capacity()) {
            drain(part);
        } else {
            buffer.put(part);
        }
    }

    private void drain(ByteBuffer part) throws IOException {
        while (part.hasRemaining()) {
            channel.write(part);
        }
    }

    /** Writes the footer, forces the file and puts it in place of an older one; returns its length. */
    public long finish() {
        try {
            ByteBuffer footer = ByteBuffer.allocate(SnapshotFormat.FOOTER).putInt(0).putLong(entries);
            write(footer.flip());
            long checksum = whole.getValue();
            write(ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum).flip());
            drain(buffer.flip());
            channel.force(true);
            channel.close();
            putInPlace();
            finished = true;
            return bytes;
        } catch (IOException failed) {
            throw unavailable(target, failed);
        }
    }

    private void putInPlace() throws IOException {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException | FileAlreadyExistsException notAtomic) {
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
        Path directory = target.getParent();
        if (directory == null) {
            return;
        }
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException | UnsupportedOperationException directoriesCannotBeForcedHere) {
            LOG.debug("directory {} could not be forced: {}",
                    directory, directoriesCannotBeForcedHere.toString());
        }
    }

    @Override
    public void close() {
        if (finished) {
            return;
        }
        try {
            channel.close();
            Files.deleteIfExists(temporary);
        } catch (IOException failed) {
            throw unavailable(target, failed);
        }
    }
}
