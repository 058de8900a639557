// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.file.FileStore;
import io.sett.spi.Engines;
import io.sett.testkit.Bytes;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ordinary code of the JDK on a file store. */
class StoreFileSystemTest {

    @TempDir
    private Path disk;
    private FileStore store;
    private FileSystem view;
    private Path root;

    @BeforeEach
    void open() {
        store = Engines.open(FileStore.class, "kvfile", Map.of("key_value_engine", "memory"));
        view = StoreFileSystems.of(store);
        root = view.getPath("/");
    }

    @AfterEach
    void close() throws IOException {
        view.close();
        store.close();
    }

    @Test
    void linesAndBytesAreWrittenAndRead() throws IOException {
        Files.writeString(root.resolve("a.txt"), "one\ntwo\n");
        Files.write(root.resolve("a.txt"), List.of("three"), StandardOpenOption.APPEND);
        assertThat(Files.readAllLines(root.resolve("a.txt"))).containsExactly("one", "two", "three");
        assertThat(new String(store.load("a.txt"), UTF_8)).startsWith("one\ntwo\nthree");
        try (BufferedWriter writer = Files.newBufferedWriter(root.resolve("b.txt"))) {
            writer.write("not yet");
            writer.flush();
            assertThat(Files.exists(root.resolve("b.txt"))).as("it appears when it is closed").isFalse();
        }
        assertThat(Files.size(root.resolve("b.txt"))).isEqualTo(7);
    }

    @Test
    void aTreeIsWalkedCopiedAndDeleted() throws IOException {
        Path source = Files.createDirectories(disk.resolve("tree/deep/er"));
        Files.write(source.resolve("f"), Bytes.pattern(100_000, 1));
        Files.writeString(disk.resolve("tree/g"), "g");
        try (Stream<Path> all = Files.walk(disk.resolve("tree"))) {
            for (Path path : all.toList()) {
                Files.copy(path, root.resolve(disk.relativize(path).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        try (Stream<Path> all = Files.walk(root)) {
            assertThat(all.map(Path::toString)).containsExactly("/", "/tree", "/tree/deep", "/tree/deep/er",
                    "/tree/deep/er/f", "/tree/g");
        }
        try (Stream<Path> found = Files.find(root, 9, (path, attributes) -> attributes.isRegularFile())) {
            assertThat(found.map(path -> root.relativize(path).toString())).containsExactly("tree/deep/er/f", "tree/g");
        }
        assertThat(Files.mismatch(source.resolve("f"), root.resolve("tree/deep/er/f"))).isEqualTo(-1);
        List<String> left = new ArrayList<>();
        Files.walkFileTree(root.resolve("tree"), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failed) throws IOException {
                Files.delete(directory);
                left.add(directory.toString());
                return FileVisitResult.CONTINUE;
            }
        });
        assertThat(left).containsExactly("/tree/deep/er", "/tree/deep", "/tree");
        assertThat(store.directories("")).isEmpty();
    }

    @Test
    void zipFilesAreMadeAndMountedInside() throws IOException {
        Path zip = root.resolve("archive.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("inner/a"));
            out.write(Bytes.pattern(50_000, 3));
            out.closeEntry();
        }
        try (FileSystem mounted = FileSystems.newFileSystem(zip)) {
            assertThat(Files.readAllBytes(mounted.getPath("inner/a"))).isEqualTo(Bytes.pattern(50_000, 3));
            Files.writeString(mounted.getPath("b"), "added");
        }
        try (FileSystem mounted = FileSystems.newFileSystem(zip)) {
            assertThat(Files.readString(mounted.getPath("b"))).isEqualTo("added");
            assertThat(Files.readAllBytes(mounted.getPath("inner/a"))).hasSize(50_000);
        }
        assertThat(store.list("", "")).as("nothing but the archive is left").hasSize(1);
    }

    @Test
    void filesMoveWithinAndAcrossFileSystems() throws IOException {
        Path from = Files.writeString(disk.resolve("x"), "x");
        Files.move(from, root.resolve("x"));
        assertThat(from).doesNotExist();
        Files.move(root.resolve("x"), root.resolve("y"), StandardCopyOption.ATOMIC_MOVE);
        Files.writeString(root.resolve("z"), "z");
        assertThatThrownBy(() -> Files.move(root.resolve("y"), root.resolve("z")))
                .isInstanceOf(FileAlreadyExistsException.class);
        Files.move(root.resolve("y"), root.resolve("z"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(root.resolve("z"), disk.resolve("back"));
        assertThat(Files.readString(disk.resolve("back"))).isEqualTo("x");
        assertThat(store.list("", "")).isEmpty();
        Files.createDirectory(root.resolve("d"));
        Files.move(root.resolve("d"), root.resolve("e"));
        Files.writeString(root.resolve("e/f"), "f");
        assertThatThrownBy(() -> Files.move(root.resolve("e"), root.resolve("g")))
                .isInstanceOf(DirectoryNotEmptyException.class);
        Files.copy(root.resolve("e"), root.resolve("g"));
        assertThat(Files.isDirectory(root.resolve("g"))).isTrue();
        Files.copy(root.resolve("e/f"), root.resolve("g"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(Files.readString(root.resolve("g"))).isEqualTo("f");
    }

    @Test
    void channelsReadFromAnyPositionAndWriteFromFrontToBack() throws IOException {
        byte[] content = Bytes.pattern(200_000, 4);
        try (SeekableByteChannel channel = Files.newByteChannel(root.resolve("a"), StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(content));
            assertThat(channel.position()).isEqualTo(content.length);
            assertThat(channel.position(content.length)).isSameAs(channel);
            assertThatThrownBy(() -> channel.position(0)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> channel.truncate(1)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)))
                    .isInstanceOf(NonReadableChannelException.class);
        }
        SeekableByteChannel channel = Files.newByteChannel(root.resolve("a"));
        ByteBuffer buffer = ByteBuffer.allocate(10);
        channel.position(150_000).read(buffer);
        assertThat(buffer.array()).isEqualTo(java.util.Arrays.copyOfRange(content, 150_000, 150_010));
        assertThat(channel.size()).isEqualTo(content.length);
        assertThatThrownBy(() -> channel.write(buffer)).isInstanceOf(NonWritableChannelException.class);
        channel.close();
        assertThatThrownBy(() -> channel.read(buffer)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> Files.newByteChannel(root.resolve("a"), StandardOpenOption.WRITE))
                .isInstanceOf(UnsupportedOperationException.class).hasMessageContaining("TRUNCATE_EXISTING");
        assertThatThrownBy(() -> Files.newByteChannel(root.resolve("a"), StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE)).isInstanceOf(FileAlreadyExistsException.class);
        try (OutputStream out = Files.newOutputStream(root.resolve("a"))) {
            out.write(1);
        }
        assertThat(Files.readAllBytes(root.resolve("a"))).containsExactly(1);
    }

    @Test
    void errorsAreThoseOfFiles() throws IOException {
        Files.createDirectories(root.resolve("d/e"));
        Files.writeString(root.resolve("f"), "f");
        assertThatThrownBy(() -> Files.readString(root.resolve("absent"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> Files.writeString(root.resolve("no/such/dir"), "x"))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> Files.createDirectory(root.resolve("no/such")))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> Files.createDirectory(root.resolve("d")))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> Files.delete(root.resolve("d"))).isInstanceOf(DirectoryNotEmptyException.class);
        assertThatThrownBy(() -> Files.newDirectoryStream(root.resolve("f")))
                .isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> Files.newByteChannel(root.resolve("d"))).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> Files.writeString(root.resolve("a:b"), "x")).isInstanceOf(FileSystemException.class)
                .hasMessageContaining("not portable");
        assertThatThrownBy(() -> Files.readAttributes(root.resolve("f"), PosixFileAttributes.class))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(Files.isExecutable(root.resolve("f"))).isFalse();
        assertThat(Files.deleteIfExists(root.resolve("absent"))).isFalse();
        store.close();
        assertThatThrownBy(() -> Files.readString(root.resolve("f"))).isInstanceOf(ClosedFileSystemException.class);
    }

    @Test
    void attributesAreThoseOfTheStore() throws IOException {
        Path file = Files.writeString(root.resolve("f"), "12345");
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        assertThat(attributes.size()).isEqualTo(5);
        assertThat(attributes.isRegularFile()).isTrue();
        assertThat(attributes.lastModifiedTime().toInstant()).isEqualTo(store.info("f").modifiedAt());
        assertThat(Files.readAttributes(file, "size,isDirectory")).containsEntry("size", 5L)
                .containsEntry("isDirectory", false);
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(store.info("f").modifiedAt());
        assertThat(Files.getFileStore(file).getUsableSpace()).isPositive();
        assertThat(Files.isHidden(root.resolve(".hidden"))).isTrue();
        assertThat(file.toRealPath()).isEqualTo(root.resolve("d/../f").toRealPath());
        assertThat(Files.isSameFile(file, view.getPath("f"))).isTrue();
    }

    @Test
    void directoriesAreListedByGlob() throws IOException {
        for (String name : List.of("a.txt", "b.txt", "c.log")) {
            Files.writeString(root.resolve(name), name);
        }
        Files.createDirectory(root.resolve("d.txt"));
        try (DirectoryStream<Path> found = Files.newDirectoryStream(root, "*.{txt,md}")) {
            assertThat(found).extracting(Path::toString).containsExactly("/a.txt", "/b.txt", "/d.txt");
        }
        assertThat(view.getPathMatcher("regex:.*g").matches(root.resolve("c.log"))).isTrue();
    }

    @Test
    void aReadOnlyViewChangesNothing() throws IOException {
        store.save("f", new byte[] {1});
        try (FileSystem only = StoreFileSystems.readOnly(store)) {
            Path file = only.getPath("/f");
            assertThat(Files.readAllBytes(file)).containsExactly(1);
            assertThat(Files.isWritable(file)).isFalse();
            assertThatThrownBy(() -> only.provider().checkAccess(file, java.nio.file.AccessMode.WRITE))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> Files.writeString(file, "x")).isInstanceOf(ReadOnlyFileSystemException.class);
            assertThatThrownBy(() -> Files.delete(file)).isInstanceOf(ReadOnlyFileSystemException.class);
            assertThatThrownBy(() -> Files.createDirectory(only.getPath("/d")))
                    .isInstanceOf(ReadOnlyFileSystemException.class);
            assertThatThrownBy(() -> Files.move(file, only.getPath("/g")))
                    .isInstanceOf(ReadOnlyFileSystemException.class);
        }
        assertThat(store.isOpen()).isTrue();
    }
}
