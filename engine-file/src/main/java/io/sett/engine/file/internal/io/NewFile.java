// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that is written under a name of its own and then put in the place of another, at once. For one thread.
 */
public final class NewFile implements AutoCloseable {

    private static final int PIECE = 1 << 17;

    private final Path path;
    private final FileChannel channel;
    private boolean placed;

    private NewFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Makes the file, which must not exist. */
    public static NewFile create(Path path, Rights rights) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        NewFile file = new NewFile(path, channel);
        try {
            rights.applyToFile(path);
        } catch (IOException failed) {
            try (file) {
                throw failed;
            }
        }
        return file;
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Adds bytes at its end, in pieces: the JDK keeps a buffer outside the heap as large as the largest write. */
    public void write(byte[] source, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(source, offset, length);
        int end = offset + length;
        while (buffer.position() < end) {
            buffer.limit(Math.min(end, buffer.position() + PIECE));
            channel.write(buffer);
        }
    }

    /** Forces its content to the device. */
    public void force() throws IOException {
        channel.force(false);
    }

    /** Gives it the name of the target, replacing a file of that name, and closes it. */
    public void moveTo(Path target, Confinement confinement) throws IOException {
        channel.close();
        confinement.move(path, target);
        placed = true;
    }

    /** Closes it, and deletes it unless it was moved. Idempotent. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            if (!placed) {
                Files.deleteIfExists(path);
            }
        }
    }
}
