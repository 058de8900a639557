// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.common;

import io.sett.api.error.ClosedException;
import io.sett.api.file.FileChange;
import io.sett.api.file.FileWatch;
import io.sett.spi.Glob;
import io.sett.spi.HandleTracker;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The watches of one store. Safe for many threads; a change without watches costs one read of a field. */
public final class Watches {

    private final HandleTracker handles;
    private final Supplier<ClosedException> closed;
    private final List<NameWatch> open = new CopyOnWriteArrayList<>();

    /**
     * No watch yet.
     *
     * @param handles knows what is open
     * @param closed the error of a watch that its store closed
     */
    public Watches(HandleTracker handles, Supplier<ClosedException> closed) {
        this.handles = handles;
        this.closed = closed;
    }

    /** Watches the files below a directory whose name, as seen from there, matches. */
    public FileWatch open(String directory, String pattern) {
        Glob glob = Glob.of(pattern);
        NameWatch watch = new NameWatch(directory, glob, closed, open::remove);
        open.add(watch);
        watch.track(handles.open("watch of directory '" + directory + "'", watch::closeByStore));
        return watch;
    }

    /** Whether somebody watches. */
    public boolean any() {
        return !open.isEmpty();
    }

    /** Tells what happened to a file; to be called when it can be read so, under the lock of its name. */
    public void tell(FileChange.Kind kind, String name) {
        for (NameWatch watch : open) {
            watch.offer(kind, name);
        }
    }
}
