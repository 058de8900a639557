// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.reference;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.OutOfSpaceException;
import io.sett.api.error.StorageException;
import io.sett.api.error.StorageUnavailableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Commits in one file: each a length, a checksum, its number and its entries. For the controls of what the kit finds:
 * right, or wrong in one way. For one thread at a time.
 */
final class Journal implements AutoCloseable {

    private static final int HEADER = 8;

    private final Path path;
    private final Flaw flaw;
    private final FileChannel channel;
    private long end;
    private boolean broken;

    private Journal(Path path, Flaw flaw, FileChannel channel) {
        this.path = path;
        this.flaw = flaw;
        this.channel = channel;
    }

    /** Opens or makes it and adds what it has to the data. */
    static Journal open(Path directory, Flaw flaw, Data data) {
        Path path = directory.resolve("journal");
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            Journal journal = new Journal(path, flaw, channel);
            journal.replay(data);
            if (flaw != Flaw.NO_DIRECTORY_FORCE) {
                try (FileChannel open = FileChannel.open(directory, StandardOpenOption.READ)) {
                    open.force(true);
                }
            }
            return journal;
        } catch (IOException e) {
            throw failed("open", path, e, false);
        }
    }

    private void replay(Data data) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(path));
        while (all.remaining() >= HEADER) {
            int length = all.getInt(all.position());
            if (length <= 0 || length > all.remaining() - HEADER) {
                break;
            }
            byte[] body = new byte[length];
            all.get(all.position() + HEADER, body);
            boolean whole = checksum(body) == all.getInt(all.position() + 4) || flaw == Flaw.NO_CHECKSUM;
            if (!whole || !add(body, data)) {
                break;
            }
            all.position(all.position() + HEADER + length);
        }
        end = all.position();
        if (channel.size() > end) {
            channel.truncate(end);
            channel.force(true);
        }
    }

    private static int checksum(byte[] body) {
        CRC32C crc = new CRC32C();
        crc.update(body, 0, body.length);
        return (int) crc.getValue();
    }

    private static boolean add(byte[] body, Data data) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(body))) {
            long number = in.readLong();
            List<Version> versions = new ArrayList<>();
            for (int count = in.readInt(); count > 0; count--) {
                byte[] key = in.readNBytes(in.readInt());
                byte[] value = in.readNBytes(in.readInt());
                versions.add(new Version(key, value, number, null, (byte) 0, in.readBoolean()));
            }
            versions.forEach(data::add);
            data.newest = number;
            return true;
        } catch (IOException | IllegalArgumentException malformed) {
            return false;
        }
    }

    private static byte[] record(long number, Collection<Version> versions) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(body)) {
            out.writeLong(number);
            out.writeInt(versions.size());
            for (Version version : versions) {
                out.writeInt(version.key().length);
                out.write(version.key());
                out.writeInt(version.value().length);
                out.write(version.value());
                out.writeBoolean(version.deletion());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] bytes = body.toByteArray();
        return ByteBuffer.allocate(HEADER + bytes.length).putInt(bytes.length).putInt(checksum(bytes)).put(bytes)
                .array();
    }

    /** Makes a commit durable. */
    void append(long number, Collection<Version> versions) {
        if (broken) {
            throw failed("write", path, new IOException("an earlier force failed"), false);
        }
        ByteBuffer bytes;
        if (flaw == Flaw.NO_END_MARK) {
            ByteArrayOutputStream each = new ByteArrayOutputStream();
            versions.forEach(version -> each.writeBytes(record(number, List.of(version))));
            bytes = ByteBuffer.wrap(each.toByteArray());
        } else {
            bytes = ByteBuffer.wrap(record(number, versions));
        }
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes, end + bytes.position());
            }
        } catch (IOException e) {
            throw failed("write", path, e, false);
        }
        force();
        end += bytes.limit();
    }

    private void force() {
        if (flaw == Flaw.NO_FORCE) {
            return;
        }
        try {
            channel.force(false);
        } catch (IOException e) {
            if (flaw != Flaw.SWALLOWED_ERROR) {
                broken = true;
                throw failed("force", path, e, true);
            }
        }
    }

    private static StorageException failed(String action, Path path, IOException cause, boolean unknown) {
        String message = "cannot " + action + " " + path + ": " + cause.getMessage();
        if (unknown) {
            return StorageUnavailableException.unknownOutcome(ErrorCode.STORAGE_UNAVAILABLE, message, Map.of(), cause);
        }
        return String.valueOf(cause.getMessage()).contains("No space")
                ? new OutOfSpaceException(ErrorCode.INSUFFICIENT_DISK_SPACE, message, Map.of(), cause)
                : new StorageUnavailableException(ErrorCode.STORAGE_UNAVAILABLE, message, Map.of(), cause);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw failed("close", path, e, false);
        }
    }
}
