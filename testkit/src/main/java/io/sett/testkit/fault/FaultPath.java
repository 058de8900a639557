// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.fault;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
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

/** A path of slashes and names. Immutable. */
final class FaultPath implements Path {

    private final FaultFileSystem system;
    private final boolean absolute;
    private final List<String> names;

    FaultPath(FaultFileSystem system, boolean absolute, List<String> names) {
        this.system = system;
        this.absolute = absolute;
        this.names = List.copyOf(names);
    }

    static FaultPath parse(FaultFileSystem system, String text) {
        List<String> names = new ArrayList<>();
        for (String name : text.split("/")) {
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        boolean absolute = text.startsWith("/");
        return new FaultPath(system, absolute, names.isEmpty() && !absolute ? List.of("") : names);
    }

    static FaultPath of(Path path) {
        if (path instanceof FaultPath ours) {
            return ours;
        }
        throw new ProviderMismatchException(path + " belongs to " + path.getFileSystem());
    }

    /** The names from the root on. */
    List<String> absoluteNames() {
        return ((FaultPath) toAbsolutePath().normalize()).names;
    }

    private boolean isEmpty() {
        return !absolute && names.size() == 1 && names.get(0).isEmpty();
    }

    private FaultPath with(boolean isAbsolute, List<String> parts) {
        return new FaultPath(system, isAbsolute, parts.isEmpty() && !isAbsolute ? List.of("") : parts);
    }

    @Override
    public FileSystem getFileSystem() {
        return system;
    }

    FaultFileSystem system() {
        return system;
    }

    @Override
    public boolean isAbsolute() {
        return absolute;
    }

    @Override
    public @Nullable Path getRoot() {
        return absolute ? with(true, List.of()) : null;
    }

    @Override
    public @Nullable Path getFileName() {
        return names.isEmpty() ? null : with(false, names.subList(names.size() - 1, names.size()));
    }

    @Override
    public @Nullable Path getParent() {
        if (names.isEmpty() || names.size() == 1 && !absolute) {
            return null;
        }
        return with(absolute, names.subList(0, names.size() - 1));
    }

    @Override
    public int getNameCount() {
        return names.size();
    }

    @Override
    public Path getName(int index) {
        return subpath(index, index + 1);
    }

    @Override
    public Path subpath(int beginIndex, int endIndex) {
        if (beginIndex < 0 || beginIndex >= endIndex || endIndex > names.size()) {
            throw new IllegalArgumentException(beginIndex + " to " + endIndex + " of " + this);
        }
        return with(false, names.subList(beginIndex, endIndex));
    }

    @Override
    public boolean startsWith(Path other) {
        return other instanceof FaultPath path && path.system == system && path.absolute == absolute
                && path.names.size() <= names.size() && names.subList(0, path.names.size()).equals(path.names);
    }

    @Override
    public boolean endsWith(Path other) {
        if (!(other instanceof FaultPath path) || path.system != system || path.names.size() > names.size()) {
            return false;
        }
        return path.absolute ? equals(path)
                : names.subList(names.size() - path.names.size(), names.size()).equals(path.names);
    }

    @Override
    public Path normalize() {
        List<String> result = new ArrayList<>();
        for (String name : names) {
            boolean up = name.equals("..");
            if (name.equals(".") || up && absolute && result.isEmpty()) {
                continue;
            }
            if (up && !result.isEmpty() && !result.get(result.size() - 1).equals("..")) {
                result.remove(result.size() - 1);
            } else {
                result.add(name);
            }
        }
        return with(absolute, result);
    }

    @Override
    public Path resolve(Path other) {
        FaultPath path = of(other);
        if (path.absolute || isEmpty()) {
            return path;
        }
        if (path.isEmpty()) {
            return this;
        }
        List<String> all = new ArrayList<>(names);
        all.addAll(path.names);
        return with(absolute, all);
    }

    @Override
    public Path relativize(Path other) {
        FaultPath path = of(other);
        if (path.absolute != absolute) {
            throw new IllegalArgumentException("one of " + this + " and " + path + " is absolute");
        }
        List<String> mine = isEmpty() ? List.of() : names;
        int same = 0;
        while (same < mine.size() && same < path.names.size() && mine.get(same).equals(path.names.get(same))) {
            same++;
        }
        List<String> result = new ArrayList<>();
        for (int i = same; i < mine.size(); i++) {
            result.add("..");
        }
        result.addAll(path.names.subList(same, path.names.size()));
        return with(false, result);
    }

    @Override
    public URI toUri() {
        return URI.create(FaultFileSystemProvider.SCHEME + "://" + system.number() + toAbsolutePath());
    }

    @Override
    public Path toAbsolutePath() {
        return absolute ? this : with(true, isEmpty() ? List.of() : names);
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        Path real = toAbsolutePath().normalize();
        if (!system.exists((FaultPath) real)) {
            throw new NoSuchFileException(toString());
        }
        return real;
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("nothing can be watched here");
    }

    @Override
    public int compareTo(Path other) {
        return toString().compareTo(of(other).toString());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FaultPath path && path.system == system && path.absolute == absolute
                && path.names.equals(names);
    }

    @Override
    public int hashCode() {
        return Objects.hash(System.identityHashCode(system), absolute, names);
    }

    @Override
    public String toString() {
        return (absolute ? "/" : "") + String.join("/", names);
    }
}
