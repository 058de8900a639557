// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The stores that are open, in the order of their opening. Many threads may ask for one store: the first opens it, the
 * others wait for that store alone. Asking for an open store costs a look into a map.
 */
final class OpenStores {

    private static final class Slot {
        private final ReentrantLock opening = new ReentrantLock();
        private volatile @Nullable OpenStore open;
    }

    private final Map<String, Slot> slots = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final List<OpenStore> inOrder = new ArrayList<>();

    /** The store of an id if it is open. */
    Optional<OpenStore> find(String id) {
        Slot slot = slots.get(id);
        OpenStore open = slot == null ? null : slot.open;
        return open != null && open.store().isOpen() ? Optional.of(open) : Optional.empty();
    }

    /** The store of an id, opened by this thread if nobody else has. */
    OpenStore findOrOpen(String id, Supplier<OpenStore> opener) {
        Optional<OpenStore> present = find(id);
        if (present.isPresent()) {
            return present.get();
        }
        Slot slot = slots.computeIfAbsent(id, any -> new Slot());
        slot.opening.lock();
        try {
            OpenStore before = slot.open;
            if (before != null && before.store().isOpen()) {
                return before;
            }
            OpenStore opened = opener.get();
            slot.open = opened;
            remember(opened, before);
            return opened;
        } finally {
            slot.opening.unlock();
        }
    }

    private void remember(OpenStore opened, @Nullable OpenStore before) {
        lock.lock();
        try {
            inOrder.removeIf(other -> other == before);
            inOrder.add(opened);
        } finally {
            lock.unlock();
        }
    }

    /** All open stores in the order of their opening. */
    List<OpenStore> list() {
        lock.lock();
        try {
            return inOrder.stream().filter(open -> open.store().isOpen()).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Closes all stores, last opened first; goes on when one fails. Returns the failures. */
    List<RuntimeException> closeAll() {
        List<OpenStore> all;
        lock.lock();
        try {
            all = new ArrayList<>(inOrder);
            inOrder.clear();
        } finally {
            lock.unlock();
        }
        Collections.reverse(all);
        List<RuntimeException> failures = new ArrayList<>();
        for (OpenStore open : all) {
            try {
                open.store().close();
                open.events().closed();
            } catch (RuntimeException failed) {
                failures.add(failed);
            }
        }
        return failures;
    }
}
