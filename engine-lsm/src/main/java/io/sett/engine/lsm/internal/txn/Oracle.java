// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.txn;

import io.sett.spi.kv.ActiveVersions;
import io.sett.spi.kv.CommitRequest;
import io.sett.spi.kv.Conflict;
import io.sett.spi.kv.ConflictWindow;
import java.util.Optional;

/**
 * Knows which version is visible, who reads at which version, and what recent commits wrote.
 *
 * <p>Commits are remembered only while somebody could lose against them: after {@value #IDLE_COMMITS} commits without a
 * transaction that writes, nothing is remembered until the next one begins.
 *
 * <p>Threads: readers and transactions come and go on any thread; {@link #check}, {@link #remember} and {@link #publish}
 * are called by the leader of the commit pipeline.
 */
public final class Oracle {

    private static final int IDLE_COMMITS = 4096;

    private final ActiveVersions readers = new ActiveVersions();
    private final ActiveVersions writers = new ActiveVersions();
    private final ConflictWindow window;
    private final boolean detectsConflicts;
    private volatile long visible;
    private volatile boolean watched;
    private int idleCommits;

    /**
     * An oracle.
     *
     * @param version the newest commit
     * @param maxKeys how many written keys are remembered at most
     * @param detectsConflicts false to let every transaction commit
     */
    public Oracle(long version, long maxKeys, boolean detectsConflicts) {
        this.visible = version;
        this.window = new ConflictWindow(maxKeys, version);
        this.detectsConflicts = detectsConflicts;
    }

    /** The newest version that can be read. */
    public long visible() {
        return visible;
    }

    /** Begins reading at the newest version; to be ended by {@link #endReading}. */
    public long beginReading() {
        return readers.acquire(this::visible);
    }

    /** Reads once more at a version that is being read. */
    public void readAgain(long version) {
        readers.acquireAgain(version);
    }

    /** Ends one reading at this version. */
    public void endReading(long version) {
        readers.release(version);
    }

    /** Begins a transaction that may write; to be ended by {@link #endWriting}. */
    public long beginWriting() {
        watched = true;
        long version = readers.acquire(this::visible);
        writers.acquire(() -> version);
        return version;
    }

    /** Ends a transaction that began at this version. */
    public void endWriting(long version) {
        writers.release(version);
        readers.release(version);
    }

    /** The oldest version that somebody reads, or the newest one. */
    public long oldestReader() {
        long newest = visible;
        return readers.oldest(newest);
    }

    /** How many readings are open. */
    public int readerCount() {
        return readers.count();
    }

    /** Whether the commit has lost against another one. */
    public Optional<Conflict> check(CommitRequest request) {
        return detectsConflicts ? window.check(request) : Optional.empty();
    }

    /** Remembers a commit that will have this version. */
    public void remember(CommitRequest request, long version) {
        if (!detectsConflicts) {
            return;
        }
        if (!watched) {
            window.record(request, version, version);
            return;
        }
        // The version before this one, not this one: a transaction that begins now cannot see it yet.
        window.record(request, version, writers.oldest(Math.min(visible, version - 1)));
        if (writers.count() > 0) {
            idleCommits = 0;
        } else if (++idleCommits >= IDLE_COMMITS) {
            idleCommits = 0;
            watched = false;
        }
    }

    /** Whether commits must be {@linkplain #remember remembered}: somebody could lose against them. */
    public boolean watches() {
        return watched && detectsConflicts;
    }

    /** In place of {@link #remember}, for a commit that cannot conflict, while nobody {@linkplain #watches watches}. */
    public void pass(long version) {
        if (detectsConflicts) {
            window.forgetAll(version);
        }
    }

    /** Makes everything up to this version readable. */
    public void publish(long version) {
        visible = version;
    }

    /** Number of keys remembered for conflicts. */
    public long rememberedKeys() {
        return window.keyCount();
    }
}
