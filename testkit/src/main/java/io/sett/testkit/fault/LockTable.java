// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.fault;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The locks on files; all holders are in this process, so two that overlap are an error, as in the JDK. Any thread. */
final class LockTable {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, List<HeldLock>> held = new HashMap<>();

    /** A lock that is held. */
    static final class HeldLock extends FileLock {

        private final LockTable table;
        private final long node;
        private volatile boolean valid = true;

        private HeldLock(LockTable table, FileChannel channel, long node, long position, long size, boolean shared) {
            super(channel, position, size, shared);
            this.table = table;
            this.node = node;
        }

        @Override
        public boolean isValid() {
            return valid && acquiredBy().isOpen();
        }

        @Override
        public void release() {
            valid = false;
            table.forget(this);
        }
    }

    FileLock acquire(FileChannel channel, long node, long position, long size, boolean shared) {
        lock.lock();
        try {
            List<HeldLock> others = held.computeIfAbsent(node, id -> new ArrayList<>());
            for (HeldLock other : others) {
                if (other.overlaps(position, size)) {
                    throw new OverlappingFileLockException();
                }
            }
            HeldLock mine = new HeldLock(this, channel, node, position, size, shared);
            others.add(mine);
            return mine;
        } finally {
            lock.unlock();
        }
    }

    private void forget(HeldLock given) {
        lock.lock();
        try {
            held.getOrDefault(given.node, new ArrayList<>()).remove(given);
        } finally {
            lock.unlock();
        }
    }

    /** The channel is closed. */
    void closed(FileChannel channel, long node) {
        lock.lock();
        try {
            held.getOrDefault(node, new ArrayList<>()).removeIf(one -> one.acquiredBy() == channel);
        } finally {
            lock.unlock();
        }
    }
}
