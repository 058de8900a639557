// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.fault;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@link Files} calls; everything is done by the file system of the path. */
final class FaultFileSystemProvider extends FileSystemProvider {

    static final String SCHEME = "fault";
    static final FaultFileSystemProvider INSTANCE = new FaultFileSystemProvider();

    private FaultFileSystemProvider() {
    }

    private static FaultFileSystem system(Path path) {
        return FaultPath.of(path).system();
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
        throw new UnsupportedOperationException("use FaultFileSystem.create()");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new FileSystemNotFoundException("file systems of tests are not found by name: " + uri);
    }

    @Override
    public Path getPath(URI uri) {
        throw new FileSystemNotFoundException("file systems of tests are not found by name: " + uri);
    }

    @Override
    public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options,
            FileAttribute<?>... attributes) throws IOException {
        return system(path).open(FaultPath.of(path), options);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return system(path).open(FaultPath.of(path), options);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path path, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        return new NameStream(system(path).list(FaultPath.of(path), filter));
    }

    @Override
    public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
        system(path).createDirectory(FaultPath.of(path));
    }

    @Override
    public void delete(Path path) throws IOException {
        system(path).delete(FaultPath.of(path));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        if (Files.isDirectory(source)) {
            createDirectory(target);
            return;
        }
        if (Set.of(options).contains(StandardCopyOption.REPLACE_EXISTING)) {
            Files.deleteIfExists(target);
        }
        Files.write(target, Files.readAllBytes(source), java.nio.file.StandardOpenOption.CREATE_NEW,
                java.nio.file.StandardOpenOption.WRITE);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        boolean replaces = Set.of(options).contains(StandardCopyOption.REPLACE_EXISTING)
                || Set.of(options).contains(StandardCopyOption.ATOMIC_MOVE);
        system(source).rename(FaultPath.of(source), FaultPath.of(target), replaces);
    }

    @Override
    public boolean isSameFile(Path path, Path other) {
        return path.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    @Override
    public boolean isHidden(Path path) {
        return String.valueOf(path.getFileName()).startsWith(".");
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        checkAccess(path);
        return new FaultFileStore(system(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        if (!system(path).exists(FaultPath.of(path))) {
            throw new NoSuchFileException(path.toString());
        }
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(Path path, Class<V> type,
            LinkOption... options) {
        return type == BasicFileAttributeView.class ? type.cast(new View(FaultPath.of(path))) : null;
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        if (type != BasicFileAttributes.class) {
            throw new UnsupportedOperationException("only basic attributes are here, not " + type.getName());
        }
        return type.cast(system(path).attributes(FaultPath.of(path)));
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
            throws IOException {
        BasicFileAttributes found = system(path).attributes(FaultPath.of(path));
        Map<String, Object> all = new HashMap<>();
        all.put("size", found.size());
        all.put("isDirectory", found.isDirectory());
        all.put("isRegularFile", found.isRegularFile());
        all.put("lastModifiedTime", found.lastModifiedTime());
        return all;
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw new UnsupportedOperationException("attribute " + attribute + " cannot be set here");
    }

    private record View(FaultPath path) implements BasicFileAttributeView {

        @Override
        public String name() {
            return "basic";
        }

        @Override
        public BasicFileAttributes readAttributes() throws IOException {
            return path.system().attributes(path);
        }

        @Override
        public void setTimes(@Nullable FileTime modified, @Nullable FileTime accessed, @Nullable FileTime created)
                throws IOException {
            if (modified != null) {
                path.system().modified(path, modified.toInstant());
            }
        }
    }
}
