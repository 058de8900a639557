// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.engine.lsm.internal.base.UseCount;
import io.sett.engine.lsm.internal.memtable.Memtable;
import io.sett.engine.lsm.internal.read.ReadView;
import io.sett.engine.lsm.internal.table.TableCache;
import io.sett.engine.lsm.internal.version.Version;
import io.sett.engine.lsm.internal.version.VersionSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The view that readers get now, and its replacement when a memtable is full, flushed, or tables change. Readers take no
 * lock; those who replace it do.
 */
final class Views {

    /** A view that is being read. */
    static final class Use {

        private final ReadView view;
        private final int token;

        private Use(ReadView view, int token) {
            this.view = view;
            this.token = token;
        }

        ReadView view() {
            return view;
        }

        void release() {
            view.release(token);
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final VersionSet versions;
    private final TableCache tables;
    private final OpenFlag open;
    private volatile ReadView current;

    /** The first view; immutables newest first. */
    Views(VersionSet versions, TableCache tables, OpenFlag open, Memtable active, List<Memtable> immutables) {
        this.open = open;
        this.versions = versions;
        this.tables = tables;
        Version version = versions.acquire();
        try {
            current = ReadView.of(active, immutables, version, tables, null);
        } finally {
            version.release();
        }
    }

    /** The view now; to be acquired before it is read. */
    ReadView current() {
        return current;
    }

    /** Holds the view that is current, until it is released. */
    Use use() {
        while (true) {
            ReadView view = current;
            int token = view.acquire();
            if (token != UseCount.RETIRED) {
                return new Use(view, token);
            }
            open.check();
        }
    }

    /** The view after one that could not be acquired; fails when it was the last, because the store is closed. */
    ReadView afterRetired() {
        open.check();
        return current;
    }

    /** A new memtable takes the writes, the one before waits to be flushed. */
    void rotate(Memtable next) {
        lock.lock();
        try {
            ReadView before = current;
            List<Memtable> immutables = new ArrayList<>();
            immutables.add(before.active());
            immutables.addAll(before.immutables());
            replace(before, next, immutables);
        } finally {
            lock.unlock();
        }
    }

    /** The tables have changed; memtables up to this number are flushed. */
    void refresh(long flushedUpTo) {
        lock.lock();
        try {
            ReadView before = current;
            List<Memtable> immutables = new ArrayList<>();
            for (Memtable memtable : before.immutables()) {
                if (memtable.id() > flushedUpTo) {
                    immutables.add(memtable);
                }
            }
            replace(before, before.active(), immutables);
        } finally {
            lock.unlock();
        }
    }

    private void replace(ReadView before, Memtable active, List<Memtable> immutables) {
        Version version = versions.acquire();
        try {
            current = ReadView.of(active, immutables, version, tables, before);
        } finally {
            version.release();
        }
        before.retire();
    }

    /** Number of the memtable that was begun after that one, and so of its first log. */
    long nextAfter(Memtable memtable) {
        ReadView view = current;
        long next = view.active().id();
        for (Memtable waiting : view.immutables()) {
            if (waiting.id() > memtable.id()) {
                next = Math.min(next, waiting.id());
            }
        }
        return next;
    }

    /** The oldest memtable that waits, empty when none does. */
    java.util.Optional<Memtable> oldestImmutable() {
        List<Memtable> immutables = current.immutables();
        return immutables.isEmpty() ? java.util.Optional.empty()
                : java.util.Optional.of(immutables.get(immutables.size() - 1));
    }
}
