// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.nio;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A path of the view: parts, absolute or relative; the root has no parts, the empty path one empty part. Immutable. */
final class StorePath implements Path {

    private final StoreFileSystem fileSystem;
    private final boolean absolute;
    private final List<String> parts;

    private StorePath(StoreFileSystem fileSystem, boolean absolute, List<String> parts) {
        this.fileSystem = fileSystem;
        this.absolute = absolute;
        this.parts = !absolute && parts.isEmpty() ? List.of("") : List.copyOf(parts);
    }

    static StorePath root(StoreFileSystem fileSystem) {
        return new StorePath(fileSystem, true, List.of());
    }

    static StorePath parse(StoreFileSystem fileSystem, String text) {
        List<String> parts = new ArrayList<>();
        for (String part : text.split(StoreFileSystem.SEPARATOR)) {
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        return new StorePath(fileSystem, text.startsWith(StoreFileSystem.SEPARATOR), parts);
    }

    /** The path as one of this class. */
    static StorePath of(Path path) {
        if (path instanceof StorePath own) {
            return own;
        }
        throw new ProviderMismatchException(path + " is no path of a file store");
    }

    private StorePath with(boolean asAbsolute, List<String> other) {
        return new StorePath(fileSystem, asAbsolute, other);
    }

    private boolean isEmptyPath() {
        return !absolute && parts.size() == 1 && parts.get(0).isEmpty();
    }

    /** The name of the file in the store; the root is the empty one. */
    String storeName() {
        return String.join(StoreFileSystem.SEPARATOR, toAbsolutePath().normalize().parts);
    }

    @Override
    public StoreFileSystem getFileSystem() {
        return fileSystem;
    }

    @Override
    public boolean isAbsolute() {
        return absolute;
    }

    @Override
    public @Nullable Path getRoot() {
        return absolute ? root(fileSystem) : null;
    }

    @Override
    public @Nullable StorePath getFileName() {
        return parts.isEmpty() ? null : with(false, parts.subList(parts.size() - 1, parts.size()));
    }

    @Override
    public @Nullable StorePath getParent() {
        if (parts.size() > 1) {
            return with(absolute, parts.subList(0, parts.size() - 1));
        }
        return absolute && parts.size() == 1 ? root(fileSystem) : null;
    }

    @Override
    public int getNameCount() {
        return parts.size();
    }

    @Override
    public Path getName(int index) {
        if (index < 0 || index >= parts.size()) {
            throw new IllegalArgumentException("'" + this + "' has no part number " + index);
        }
        return with(false, List.of(parts.get(index)));
    }

    @Override
    public Path subpath(int from, int to) {
        if (from < 0 || to > parts.size() || from >= to) {
            throw new IllegalArgumentException("'" + this + "' has no parts from " + from + " to " + to);
        }
        return with(false, parts.subList(from, to));
    }

    @Override
    public boolean startsWith(Path other) {
        return other instanceof StorePath path && path.fileSystem == fileSystem && path.absolute == absolute
                && (path.isEmptyPath() ? isEmptyPath() : path.parts.size() <= parts.size()
                && parts.subList(0, path.parts.size()).equals(path.parts));
    }

    @Override
    public boolean endsWith(Path other) {
        if (!(other instanceof StorePath path) || path.fileSystem != fileSystem) {
            return false;
        }
        if (path.absolute) {
            return equals(path);
        }
        int from = parts.size() - path.parts.size();
        return path.isEmptyPath() ? isEmptyPath()
                : from >= 0 && parts.subList(from, parts.size()).equals(path.parts);
    }

    @Override
    public StorePath normalize() {
        List<String> kept = new ArrayList<>();
        for (String part : parts) {
            boolean canStepUp = !kept.isEmpty() && !kept.get(kept.size() - 1).equals("..");
            if (part.equals("..") && canStepUp) {
                kept.remove(kept.size() - 1);
            } else if (!part.equals(".") && !(part.equals("..") && absolute)) {
                kept.add(part);
            }
        }
        return with(absolute, kept);
    }

    @Override
    public StorePath resolve(Path other) {
        StorePath path = of(other);
        if (path.absolute || isEmptyPath()) {
            return path;
        }
        if (path.isEmptyPath()) {
            return this;
        }
        List<String> joined = new ArrayList<>(parts);
        joined.addAll(path.parts);
        return with(absolute, joined);
    }

    @Override
    public StorePath resolve(String other) {
        return resolve(parse(fileSystem, other));
    }

    @Override
    public Path relativize(Path other) {
        StorePath path = of(other);
        if (path.absolute != absolute) {
            throw new IllegalArgumentException("one of '" + this + "' and '" + other + "' is absolute, the other not");
        }
        if (isEmptyPath()) {
            return path;
        }
        int same = 0;
        int shared = Math.min(parts.size(), path.parts.size());
        while (same < shared && parts.get(same).equals(path.parts.get(same))) {
            same++;
        }
        List<String> steps = new ArrayList<>();
        for (int i = same; i < parts.size(); i++) {
            steps.add("..");
        }
        if (!path.isEmptyPath()) {
            steps.addAll(path.parts.subList(same, path.parts.size()));
        }
        return with(false, steps);
    }

    @Override
    public URI toUri() {
        try {
            String place = "/" + fileSystem.store().name() + toAbsolutePath();
            return new URI(StoreFileSystemProvider.SCHEME, null, place, null);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("an absolute path always makes a URI", impossible);
        }
    }

    @Override
    public StorePath toAbsolutePath() {
        return absolute ? this : with(true, isEmptyPath() ? List.of() : parts);
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        StorePath real = toAbsolutePath().normalize();
        boolean there = Translation.call(real, () -> fileSystem.store().exists(real.storeName()));
        if (!there) {
            throw new NoSuchFileException(toString());
        }
        return real;
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("use the watch method of the file store");
    }

    @Override
    public int compareTo(Path other) {
        return toString().compareTo(of(other).toString());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StorePath path && path.fileSystem == fileSystem && path.absolute == absolute
                && path.parts.equals(parts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(absolute, parts);
    }

    @Override
    public String toString() {
        return (absolute ? StoreFileSystem.SEPARATOR : "") + String.join(StoreFileSystem.SEPARATOR, parts);
    }
}
