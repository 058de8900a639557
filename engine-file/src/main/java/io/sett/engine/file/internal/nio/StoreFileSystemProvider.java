// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.nio;

import io.sett.api.file.FileInfo;
import io.sett.api.file.FileStore;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@link java.nio.file.Files} asks for, done by the store. */
final class StoreFileSystemProvider extends FileSystemProvider {

    static final String SCHEME = "sett";

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException("a view belongs to an open store; make it with StoreFileSystems.of");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new FileSystemNotFoundException(uri + ": views are not found by URI; keep what StoreFileSystems.of gave");
    }

    @Override
    public Path getPath(URI uri) {
        throw new FileSystemNotFoundException(uri + ": views are not found by URI; keep what StoreFileSystems.of gave");
    }

    @Override
    public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options,
            FileAttribute<?>... attributes) throws IOException {
        return new ChannelOpening(StorePath.of(path), options).open();
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        StorePath path = StorePath.of(directory);
        if (!info(path).directory()) {
            throw new NotDirectoryException(path.toString());
        }
        return StoreDirectoryStream.open(path, filter);
    }

    /** What the store knows of a path; an absent one is an error. */
    static FileInfo info(StorePath path) throws IOException {
        return Translation.call(path, () -> path.getFileSystem().store().info(path.storeName()));
    }

    private static boolean exists(StorePath path) throws IOException {
        return Translation.call(path, () -> path.getFileSystem().store().exists(path.storeName()));
    }

    /** A store makes missing directories itself; users of paths expect that they are missed. */
    static void requireParent(StorePath path) throws IOException {
        StorePath parent = path.toAbsolutePath().normalize().getParent();
        if (parent != null && !exists(parent)) {
            throw new NoSuchFileException(path.toString(), null, "its directory does not exist");
        }
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
        StorePath path = StorePath.of(directory);
        FileStore store = path.getFileSystem().writableStore();
        if (exists(path)) {
            throw new FileAlreadyExistsException(path.toString());
        }
        requireParent(path);
        Translation.run(path, () -> store.makeDir(path.storeName()));
    }

    @Override
    public void delete(Path file) throws IOException {
        StorePath path = StorePath.of(file);
        FileStore store = path.getFileSystem().writableStore();
        boolean directory = info(path).directory();
        Translation.run(path, () -> {
            if (directory) {
                store.deleteDir(path.storeName(), false);
            } else {
                store.delete(path.storeName());
            }
        });
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        carry(StorePath.of(source), StorePath.of(target), Set.of(options), false);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        carry(StorePath.of(source), StorePath.of(target), Set.of(options), true);
    }

    private void carry(StorePath from, StorePath to, Set<CopyOption> options, boolean move) throws IOException {
        FileStore store = from.getFileSystem().writableStore();
        FileInfo source = info(from);
        if (isSameFile(from, to)) {
            return;
        }
        boolean replace = options.contains(StandardCopyOption.REPLACE_EXISTING)
                || options.contains(StandardCopyOption.ATOMIC_MOVE);
        makeRoom(to, source.directory(), replace);
        requireParent(to);
        if (source.directory()) {
            carryDirectory(store, from, to, move);
            return;
        }
        String name = to.storeName();
        Translation.run(to, () -> {
            if (move) {
                store.move(from.storeName(), name, replace);
            } else {
                store.copy(from.storeName(), name, replace);
            }
        });
    }

    /** A file replaces a file in one step; what else is in the way is deleted first, as Files promises it. */
    private void makeRoom(StorePath to, boolean byDirectory, boolean replace) throws IOException {
        if (!exists(to)) {
            return;
        }
        if (!replace) {
            throw new FileAlreadyExistsException(to.toString());
        }
        if (byDirectory || info(to).directory()) {
            delete(to);
        }
    }

    private void carryDirectory(FileStore store, StorePath from, StorePath to, boolean move) throws IOException {
        if (move && (!Translation.call(from, () -> store.list(from.storeName(), "")).isEmpty()
                || !Translation.call(from, () -> store.directories(from.storeName())).isEmpty())) {
            throw new DirectoryNotEmptyException(from.toString());
        }
        Translation.run(to, () -> store.makeDir(to.storeName()));
        if (move) {
            Translation.run(from, () -> store.deleteDir(from.storeName(), false));
        }
    }

    @Override
    public boolean isSameFile(Path one, Path other) {
        return one.getFileSystem() == other.getFileSystem()
                && one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    @Override
    public boolean isHidden(Path path) {
        Path name = path.getFileName();
        return name != null && name.toString().startsWith(".");
    }

    @Override
    public java.nio.file.FileStore getFileStore(Path path) throws IOException {
        StorePath own = StorePath.of(path);
        info(own);
        return own.getFileSystem().getFileStores().iterator().next();
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        StorePath own = StorePath.of(path);
        boolean directory = info(own).directory();
        List<AccessMode> wanted = List.of(modes);
        if (wanted.contains(AccessMode.WRITE) && own.getFileSystem().isReadOnly()
                || wanted.contains(AccessMode.EXECUTE) && !directory) {
            throw new AccessDeniedException(path.toString());
        }
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(Path path, Class<V> type,
            LinkOption... options) {
        StoreAttributes.View view = new StoreAttributes.View(StorePath.of(path));
        return type.isInstance(view) ? type.cast(view) : null;
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        if (type != BasicFileAttributes.class) {
            throw new UnsupportedOperationException("files of a store have basic attributes, not " + type.getName());
        }
        return type.cast(new StoreAttributes(info(StorePath.of(path))));
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
            throws IOException {
        return new StoreAttributes(info(StorePath.of(path))).select(attributes);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        info(StorePath.of(path));
        if (!attribute.matches("(basic:)?(lastModifiedTime|lastAccessTime|creationTime)")) {
            throw new UnsupportedOperationException("attribute '" + attribute + "' cannot be set on files of a store");
        }
    }
}
