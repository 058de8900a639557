// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.kv;

import io.sett.api.common.KeyRange;
import io.sett.api.file.FileInfo;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Finds files below a directory one directory at a time. Memory: what is known of the entries of the directories on the
 * way. For one thread.
 */
final class EntryWalk extends Spliterators.AbstractSpliterator<FileInfo> {

    private final KeyValueSpace space;
    private final Runnable check;
    private final Deque<FileInfo> left = new ArrayDeque<>();

    private EntryWalk(KeyValueSpace space, String directory, Runnable check) {
        super(Long.MAX_VALUE, Spliterator.NONNULL | Spliterator.DISTINCT);
        this.space = space;
        this.check = check;
        push(directory);
    }

    /** The files below a directory; the check runs before each step and may throw. */
    static Stream<FileInfo> files(KeyValueSpace space, String directory, Runnable check) {
        return StreamSupport.stream(new EntryWalk(space, directory, check), false);
    }

    /** Files and directories directly in a directory whose last part begins so, sorted by name. */
    static List<FileInfo> children(KeyValueSpace space, String directory, String begin) {
        List<FileInfo> found = new ArrayList<>();
        KeyRange range = KeyRange.prefix(space.keys().children(directory, begin));
        try (Cursor cursor = space.store().cursor(CursorOptions.of(range))) {
            while (cursor.next()) {
                String last = space.keys().lastPart(directory, cursor.key());
                String name = directory.isEmpty() ? last : directory + "/" + last;
                found.add(FileEntry.decode(name, cursor.value()).info(name));
            }
        }
        found.sort(Comparator.comparing(FileInfo::name));
        return found;
    }

    @Override
    public boolean tryAdvance(Consumer<? super FileInfo> action) {
        check.run();
        while (!left.isEmpty()) {
            FileInfo next = left.pop();
            if (!next.directory()) {
                action.accept(next);
                return true;
            }
            push(next.name());
        }
        return false;
    }

    private void push(String directory) {
        List<FileInfo> entries = children(space, directory, "");
        for (int i = entries.size() - 1; i >= 0; i--) {
            left.push(entries.get(i));
        }
    }
}
