// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.fault;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * A file system in memory that records its changes and lets calls fail, see the package page.
 *
 * <p>Threads: any. Closing it is allowed and does nothing: what is open goes on, as on a disk that nobody looks at.
 * Cost: every change is kept until {@link #settle}, with the bytes written.
 */
public final class FaultFileSystem extends FileSystem {

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final Disk disk = new Disk();
    private final long number = NUMBERS.incrementAndGet();
    private final LockTable locks = new LockTable();

    private FaultFileSystem() {
    }

    /** An empty one. */
    public static FaultFileSystem create() {
        return new FaultFileSystem();
    }

    static FaultFileSystem of(DiskContent content) {
        FaultFileSystem system = new FaultFileSystem();
        system.disk.load(content);
        return system;
    }

    Disk disk() {
        return disk;
    }

    LockTable locks() {
        return locks;
    }

    long number() {
        return number;
    }

    // --- for tests ---

    /** Makes a directory with those above it, as if it had been there for ever: see {@link #settle}. */
    public Path directory(String path) {
        FaultPath directory = FaultPath.parse(this, path);
        List<String> names = directory.absoluteNames();
        try {
            for (int i = 1; i <= names.size(); i++) {
                if (disk.find(names.subList(0, i)) == null) {
                    disk.make(names.subList(0, i), true, path);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(path + " cannot be made", e);
        }
        settle();
        return directory;
    }

    /** Forgets the record: what is there now is on the device, and images begin here. */
    public void settle() {
        disk.settle();
    }

    /** How many changes were recorded; a crash at point {@code n} comes after the first {@code n} of them. */
    public long changes() {
        return disk.changes();
    }

    /** The change before a point in words, for the messages of a test. */
    public String describe(long point) {
        return point == 0 ? "before any change" : "after change " + point + ": " + disk.change(point - 1).describe();
    }

    /** Lets calls fail as planned, besides earlier plans. */
    public FaultPlan plan(FaultPlan plan) {
        disk.plan(plan);
        return plan;
    }

    /** From now on nothing fails by plan. */
    public void clearPlans() {
        disk.clearPlans();
    }

    /** The bytes that all files may have together; writes beyond fail as on a full disk. */
    public void limitSpace(long bytes) {
        disk.limitSpace(bytes);
    }

    /** The bytes that all files have together, those deleted but still open included. */
    public long usedSpace() {
        return disk.used();
    }

    long space() {
        return disk.space();
    }

    /** How many channels are open. */
    public int openHandles() {
        return disk.openHandles();
    }

    /** The files that are open, by the names under which they were opened. */
    public List<String> openFiles() {
        return disk.openFiles();
    }

    // --- for the provider ---

    private Node existing(FaultPath path) throws NoSuchFileException {
        Node node = disk.find(path.absoluteNames());
        if (node == null) {
            throw new NoSuchFileException(path.toString());
        }
        return node;
    }

    boolean exists(FaultPath path) {
        return disk.find(path.absoluteNames()) != null;
    }

    FileChannel open(FaultPath path, Set<? extends OpenOption> options) throws IOException {
        boolean appends = options.contains(StandardOpenOption.APPEND);
        boolean writes = appends || options.contains(StandardOpenOption.WRITE);
        Node node = disk.find(path.absoluteNames());
        if (node != null && writes && options.contains(StandardOpenOption.CREATE_NEW)) {
            throw new FileAlreadyExistsException(path.toString());
        }
        if (node == null) {
            boolean creates = options.contains(StandardOpenOption.CREATE)
                    || options.contains(StandardOpenOption.CREATE_NEW);
            if (!writes || !creates) {
                throw new NoSuchFileException(path.toString());
            }
            node = disk.make(path.absoluteNames(), false, path.toString());
        }
        if (node.isDirectory() && writes) {
            throw new FileSystemException(path.toString(), null, "Is a directory");
        }
        if (writes && options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
            disk.truncate(node, 0, path.toString());
        }
        return new FaultFileChannel(this, node, path.toString(),
                !writes || options.contains(StandardOpenOption.READ), writes, appends);
    }

    List<Path> list(FaultPath path, DirectoryStream.Filter<? super Path> filter) throws IOException {
        Node node = existing(path);
        if (!node.isDirectory()) {
            throw new NotDirectoryException(path.toString());
        }
        List<Path> accepted = new ArrayList<>();
        for (String name : disk.list(node)) {
            Path child = path.resolve(name);
            try {
                if (filter.accept(child)) {
                    accepted.add(child);
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        return accepted;
    }

    void createDirectory(FaultPath path) throws IOException {
        disk.make(path.absoluteNames(), true, path.toString());
    }

    void delete(FaultPath path) throws IOException {
        disk.delete(path.absoluteNames(), path.toString());
    }

    void rename(FaultPath from, FaultPath to, boolean replaces) throws IOException {
        if (to.system() != this) {
            throw new FileSystemException(from.toString(), to.toString(), "not within one file system");
        }
        disk.rename(from.absoluteNames(), to.absoluteNames(), replaces, from.toString(), to.toString());
    }

    NodeAttributes attributes(FaultPath path) throws IOException {
        return disk.attributes(existing(path));
    }

    void modified(FaultPath path, Instant moment) throws IOException {
        disk.modified(existing(path), moment);
    }

    // --- FileSystem ---

    @Override
    public FileSystemProvider provider() {
        return FaultFileSystemProvider.INSTANCE;
    }

    @Override
    public void close() {
        // Nothing is held but memory.
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(getPath("/"));
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of(new FaultFileStore(this));
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of("basic");
    }

    @Override
    public Path getPath(String first, String... more) {
        StringBuilder text = new StringBuilder(first);
        for (String part : more) {
            text.append(text.isEmpty() || part.isEmpty() ? "" : "/").append(part);
        }
        return FaultPath.parse(this, text.toString());
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        if (!syntaxAndPattern.startsWith("regex:")) {
            throw new UnsupportedOperationException("only regex: is here, not " + syntaxAndPattern);
        }
        Pattern pattern = Pattern.compile(syntaxAndPattern.substring("regex:".length()));
        return path -> pattern.matcher(path.toString()).matches();
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException("there are no owners here");
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("nothing can be watched here");
    }
}
