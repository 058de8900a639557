// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.io;

import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Opens, moves and deletes files below its roots without following a symbolic link on the way, not even one that is put
 * in the place of a directory at that very moment: where the system can open a file relative to an open directory (all
 * but Windows), each directory is opened in the one above. Elsewhere callers look for links before.
 *
 * <p>Safe for many threads. Holds the roots open; close it.
 */
public final class Confinement implements AutoCloseable {

    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final Map<Path, SecureDirectoryStream<Path>> roots;

    private Confinement(Map<Path, SecureDirectoryStream<Path>> roots) {
        this.roots = roots;
    }

    /** Below these directories, which must exist. */
    public static Confinement below(Path... roots) throws IOException {
        Map<Path, SecureDirectoryStream<Path>> open = new LinkedHashMap<>();
        Confinement confinement = new Confinement(open);
        boolean fine = false;
        try {
            for (Path root : roots) {
                DirectoryStream<Path> stream = Files.newDirectoryStream(root);
                if (stream instanceof SecureDirectoryStream<Path> secure) {
                    open.put(root, secure);
                } else {
                    stream.close();
                }
            }
            fine = true;
            return confinement;
        } finally {
            if (!fine) {
                confinement.close();
            }
        }
    }

    /** An action in an open directory. */
    @FunctionalInterface
    private interface InDirectory<T> {
        T run(SecureDirectoryStream<Path> directory) throws IOException;
    }

    /** Opens a file for reading. */
    public FileChannel openRead(Path file) throws IOException {
        if (isPlain(file)) {
            return FileChannel.open(file, READ);
        }
        SeekableByteChannel channel = within(file, parent -> parent.newByteChannel(file.getFileName(), READ));
        if (channel instanceof FileChannel real) {
            return real;
        }
        channel.close();
        return FileChannel.open(file, READ);
    }

    /** The attributes of a file. */
    public BasicFileAttributes attributes(Path file) throws IOException {
        if (isPlain(file)) {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        }
        return within(file, parent -> parent
                .getFileAttributeView(file.getFileName(), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes());
    }

    /** Gives a file another name in one step, replacing a file of that name. */
    public void move(Path from, Path to) throws IOException {
        if (roots.isEmpty()) {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        within(from, source -> within(to, target -> {
            source.move(from.getFileName(), target, to.getFileName());
            return true;
        }));
    }

    /** Deletes a file. */
    public void delete(Path file) throws IOException {
        if (roots.isEmpty()) {
            Files.delete(file);
            return;
        }
        within(file, parent -> {
            parent.deleteFile(file.getFileName());
            return true;
        });
    }

    /** Deletes an empty directory. */
    public void deleteDirectory(Path directory) throws IOException {
        if (roots.isEmpty()) {
            Files.delete(directory);
            return;
        }
        within(directory, parent -> {
            parent.deleteDirectory(directory.getFileName());
            return true;
        });
    }

    /** Deletes a directory and everything in it; links are deleted, not followed. */
    public void deleteTree(Path directory) throws IOException {
        if (roots.isEmpty()) {
            Directories.deleteTree(directory);
            return;
        }
        within(directory, parent -> deleteTree(parent, directory.getFileName()));
    }

    private static boolean deleteTree(SecureDirectoryStream<Path> parent, Path name) throws IOException {
        try (SecureDirectoryStream<Path> entries = parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            for (Path entry : entries) {
                Path each = entry.getFileName();
                boolean directory = entries
                        .getFileAttributeView(each, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .readAttributes().isDirectory();
                if (directory) {
                    deleteTree(entries, each);
                } else {
                    entries.deleteFile(each);
                }
            }
        }
        parent.deleteDirectory(name);
        return true;
    }

    /** Whether no directory but a root lies on the way, or the system cannot do better. */
    private boolean isPlain(Path file) {
        return roots.isEmpty() || roots.containsKey(file.getParent());
    }

    /** Runs an action in the directory of a file, which is open as long. */
    private <T> T within(Path file, InDirectory<T> action) throws IOException {
        for (Map.Entry<Path, SecureDirectoryStream<Path>> root : roots.entrySet()) {
            if (file.startsWith(root.getKey())) {
                return descendFrom(root.getValue(), root.getKey().relativize(file), action);
            }
        }
        throw new IllegalArgumentException(file + " lies below none of " + roots.keySet());
    }

    private static <T> T descendFrom(SecureDirectoryStream<Path> root, Path relative, InDirectory<T> action)
            throws IOException {
        try {
            return descend(root, relative, 0, action);
        } catch (ClosedDirectoryStreamException closed) {
            throw new ClosedException(ErrorCode.STORE_CLOSED, "the store of file '" + relative
                    + "' was closed meanwhile; open it again to go on", Map.of("file", relative));
        }
    }

    private static <T> T descend(SecureDirectoryStream<Path> directory, Path relative, int depth, InDirectory<T> action)
            throws IOException {
        if (depth == relative.getNameCount() - 1) {
            return action.run(directory);
        }
        try (SecureDirectoryStream<Path> below =
                directory.newDirectoryStream(relative.getName(depth), LinkOption.NOFOLLOW_LINKS)) {
            return descend(below, relative, depth + 1, action);
        }
    }

    @Override
    public void close() throws IOException {
        for (SecureDirectoryStream<Path> root : roots.values()) {
            root.close();
        }
    }
}
