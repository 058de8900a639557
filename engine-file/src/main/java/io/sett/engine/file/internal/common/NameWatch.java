// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.common;

import io.sett.api.error.CancelledException;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.file.FileChange;
import io.sett.api.file.FileWatch;
import io.sett.spi.Glob;
import io.sett.spi.HandleTracker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One watch: a bounded list of changes that somebody fetches. */
final class NameWatch implements FileWatch {

    /** More changes than this are not kept. */
    static final int CAPACITY = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final String directory;
    private final Glob glob;
    private final Supplier<ClosedException> storeClosed;
    private final Consumer<NameWatch> ended;
    private List<FileChange> changes = new ArrayList<>();
    private HandleTracker.@Nullable Handle handle;
    private boolean closed;
    private boolean closedByStore;

    NameWatch(String directory, Glob glob, Supplier<ClosedException> storeClosed, Consumer<NameWatch> ended) {
        this.directory = directory;
        this.glob = glob;
        this.storeClosed = storeClosed;
        this.ended = ended;
    }

    void track(HandleTracker.Handle tracked) {
        lock.lock();
        try {
            handle = tracked;
        } finally {
            lock.unlock();
        }
    }

    private boolean covers(String name) {
        if (directory.isEmpty()) {
            return glob.matches(name);
        }
        return name.length() > directory.length() && name.charAt(directory.length()) == '/'
                && name.startsWith(directory) && glob.matches(name.substring(directory.length() + 1));
    }

    void offer(FileChange.Kind kind, String name) {
        if (!covers(name)) {
            return;
        }
        lock.lock();
        try {
            if (changes.size() < CAPACITY) {
                changes.add(new FileChange(kind, name));
            } else if (changes.size() == CAPACITY) {
                changes.add(new FileChange(FileChange.Kind.OVERFLOW, directory));
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<FileChange> poll() {
        lock.lock();
        try {
            return take();
        } finally {
            lock.unlock();
        }
    }

    private List<FileChange> take() {
        if (closed) {
            throw closedByStore ? storeClosed.get() : new ClosedException(ErrorCode.SCOPE_ENDED,
                    "this watch of directory '" + directory + "' is closed; open another one");
        }
        List<FileChange> taken = changes;
        changes = new ArrayList<>();
        return taken;
    }

    @Override
    public List<FileChange> await(Duration timeout) {
        long left = nanos(timeout);
        lock.lock();
        try {
            while (changes.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return take();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancelledException(ErrorCode.CANCELLED,
                    "waiting for changes in directory '" + directory + "' was interrupted; none is lost");
        } finally {
            lock.unlock();
        }
    }

    private static long nanos(Duration timeout) {
        return timeout.compareTo(Duration.ofDays(3650)) > 0 ? TimeUnit.DAYS.toNanos(3650) : timeout.toNanos();
    }

    void closeByStore() {
        end(true);
    }

    @Override
    public void close() {
        end(false);
    }

    private void end(boolean byStore) {
        HandleTracker.Handle tracked;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            closedByStore = byStore;
            tracked = handle;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        ended.accept(this);
        if (tracked != null) {
            tracked.close();
        }
    }
}
