// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * What one writes by hand: a file beside, forced, renamed, its directory forced; with checksums behind the content when
 * asked. Without {@code atomic} the file is written in place and not forced.
 */
final class NioContestant implements Contestant {

    private final String name;
    private final Path directory;
    private final Check check;
    private final boolean atomic;

    NioContestant(String name, Path directory, Check check, boolean atomic) throws IOException {
        this.name = name;
        this.directory = Files.createDirectories(directory);
        this.check = check;
        this.atomic = atomic;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void save(String file, byte[] content) throws IOException {
        write(file, content, 1);
    }

    @Override
    public void saveStream(String file, byte[] piece, long pieces) throws IOException {
        write(file, piece, pieces);
    }

    private void write(String file, byte[] piece, long pieces) throws IOException {
        Path target = directory.resolve(file);
        Path beside = atomic ? directory.resolve(file + ".new") : target;
        Checksums sums = new Checksums(check);
        try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            for (long i = 0; i < pieces; i++) {
                ByteBuffer buffer = ByteBuffer.wrap(piece);
                sums.add(piece, piece.length);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
            ByteBuffer trailer = ByteBuffer.wrap(sums.trailer());
            while (trailer.hasRemaining()) {
                channel.write(trailer);
            }
            if (atomic) {
                channel.force(false);
            }
        }
        if (atomic) {
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    @Override
    public byte[] load(String file) throws IOException {
        try (FileChannel channel = FileChannel.open(directory.resolve(file), StandardOpenOption.READ)) {
            Trailer trailer = Trailer.read(channel, check);
            byte[] content = new byte[Math.toIntExact(trailer.contentLength())];
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                buffer.limit(Math.min(content.length, buffer.position() + PIECE));
                int from = buffer.position();
                while (buffer.hasRemaining()) {
                    channel.read(buffer, buffer.position());
                }
                trailer.require(content, from, buffer.position() - from);
                buffer.limit(content.length);
            }
            trailer.requireWhole();
            return content;
        }
    }

    @Override
    public long readStream(String file) throws IOException {
        try (FileChannel channel = FileChannel.open(directory.resolve(file), StandardOpenOption.READ)) {
            Trailer trailer = Trailer.read(channel, check);
            byte[] piece = new byte[PIECE];
            long at = 0;
            while (at < trailer.contentLength()) {
                ByteBuffer buffer = ByteBuffer.wrap(piece, 0, (int) Math.min(PIECE, trailer.contentLength() - at));
                while (buffer.hasRemaining()) {
                    channel.read(buffer, at + buffer.position());
                }
                trailer.require(piece, 0, buffer.position());
                at += buffer.position();
            }
            trailer.requireWhole();
            return at;
        }
    }

    @Override
    public void close() {
        // Nothing is open between two calls.
    }
}
