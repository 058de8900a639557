// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.nio;

import io.sett.api.file.FileStore;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The file system; every path of it knows it. Safe for many threads. */
public final class StoreFileSystem extends FileSystem {

    static final String SEPARATOR = "/";

    private final FileStore store;
    private final boolean readOnly;
    private final StoreFileSystemProvider provider = new StoreFileSystemProvider();
    private volatile boolean open = true;

    /** A view of a store. */
    public StoreFileSystem(FileStore store, boolean readOnly) {
        this.store = store;
        this.readOnly = readOnly;
    }

    /** The store, for reading. */
    FileStore store() {
        if (!open) {
            throw new ClosedFileSystemException();
        }
        return store;
    }

    /** The store, for writing. */
    FileStore writableStore() {
        if (readOnly) {
            throw new ReadOnlyFileSystemException();
        }
        return store();
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public boolean isOpen() {
        return open && store.isOpen();
    }

    @Override
    public boolean isReadOnly() {
        return readOnly;
    }

    @Override
    public String getSeparator() {
        return SEPARATOR;
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(root());
    }

    StorePath root() {
        return StorePath.root(this);
    }

    @Override
    public Iterable<java.nio.file.FileStore> getFileStores() {
        return List.of(new StoreVolume(store, readOnly));
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of("basic");
    }

    @Override
    public Path getPath(String first, String... more) {
        StringBuilder text = new StringBuilder(first);
        for (String part : more) {
            if (!part.isEmpty()) {
                text.append(text.length() == 0 ? "" : SEPARATOR).append(part);
            }
        }
        return StorePath.parse(this, text.toString());
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        int colon = syntaxAndPattern.indexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("'" + syntaxAndPattern + "' has no syntax; expected glob: or regex:");
        }
        String pattern = syntaxAndPattern.substring(colon + 1);
        String syntax = syntaxAndPattern.substring(0, colon);
        if (syntax.equalsIgnoreCase("glob")) {
            PathGlob glob = PathGlob.parse(pattern);
            return path -> glob.matches(path.toString());
        }
        if (syntax.equalsIgnoreCase("regex")) {
            Pattern regex = Pattern.compile(pattern);
            return path -> regex.matcher(path.toString()).matches();
        }
        throw new UnsupportedOperationException("syntax '" + syntax + "' is not known; use glob or regex");
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException("files of a store have no owners");
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("use the watch method of the file store");
    }

    @Override
    public String toString() {
        return "files of store '" + store.name() + "'";
    }
}
