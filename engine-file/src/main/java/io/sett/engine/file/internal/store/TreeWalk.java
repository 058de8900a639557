// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Finds files below a directory one directory at a time, without following links. Memory: the entries of the
 * directories on the way. For one thread.
 */
final class TreeWalk extends Spliterators.AbstractSpliterator<Path> {

    private final Runnable check;
    private final Deque<Path> left = new ArrayDeque<>();

    private TreeWalk(Path directory, Runnable check) {
        super(Long.MAX_VALUE, Spliterator.NONNULL | Spliterator.DISTINCT);
        this.check = check;
        push(directory);
    }

    /** The regular files below a directory; the check runs before each step and may throw. */
    static Stream<Path> files(Path directory, Runnable check) {
        return StreamSupport.stream(new TreeWalk(directory, check), false);
    }

    @Override
    public boolean tryAdvance(Consumer<? super Path> action) {
        check.run();
        while (!left.isEmpty()) {
            Path path = left.pop();
            Optional<BasicFileAttributes> attributes = Infos.attributes(path);
            if (attributes.isPresent() && attributes.get().isDirectory()) {
                push(path);
            } else if (attributes.isPresent() && attributes.get().isRegularFile()) {
                action.accept(path);
                return true;
            }
        }
        return false;
    }

    private void push(Path directory) {
        List<Path> entries = entries(directory);
        for (int i = entries.size() - 1; i >= 0; i--) {
            left.push(entries.get(i));
        }
    }

    /** The entries of a directory sorted by name; none when it vanished. */
    static List<Path> entries(Path directory) {
        return FileSpace.io("list", directory, () -> {
            List<Path> paths = new ArrayList<>();
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
                stream.forEach(paths::add);
            } catch (NoSuchFileException vanished) {
                return List.of();
            } catch (DirectoryIteratorException failed) {
                throw new IOException(failed.getCause());
            }
            paths.sort(Comparator.comparing(path -> path.getFileName().toString()));
            return paths;
        });
    }
}
