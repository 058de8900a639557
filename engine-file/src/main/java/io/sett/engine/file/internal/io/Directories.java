// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.io;

import io.sett.spi.log.Loggers;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;

/** Making, forcing, emptying directories. Threads: any. */
public final class Directories {

    private static final Logger LOG = Loggers.of(Directories.class);

    private Directories() {
    }

    /** Makes a directory and its missing parents with these rights and forces the entries of the new ones. */
    public static void create(Path directory, Rights rights) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        Path at = directory.toAbsolutePath();
        while (at != null && !Files.isDirectory(at)) {
            missing.push(at);
            at = at.getParent();
        }
        for (Path path : missing) {
            Files.createDirectories(path);
            rights.applyToDirectory(path);
            if (path.getParent() != null) {
                force(path.getParent());
            }
        }
    }

    /** Makes one new directory with these rights; forces nothing. */
    public static Path createOne(Path directory, Rights rights) throws IOException {
        Files.createDirectory(directory);
        rights.applyToDirectory(directory);
        return directory;
    }

    /** Makes the names in a directory survive a power cut; does nothing where directories cannot be opened. */
    public static void force(Path directory) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(directory, StandardOpenOption.READ);
        } catch (IOException | UnsupportedOperationException cannotBeOpened) {
            LOG.debug("directory {} cannot be opened to be forced: {}", directory, cannotBeOpened.toString());
            return;
        }
        try (channel) {
            channel.force(true);
        }
    }

    /** Whether nothing is in it. */
    public static boolean isEmpty(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        }
    }

    /** Deletes a directory and everything in it; does not follow links. */
    public static void deleteTree(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failed) throws IOException {
                if (failed != null) {
                    throw failed;
                }
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Bytes of all files below a directory. */
    public static long bytes(Path directory) throws IOException {
        long[] sum = {0};
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                sum[0] += attributes.size();
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException vanished) {
                return FileVisitResult.CONTINUE;
            }
        });
        return sum[0];
    }
}
