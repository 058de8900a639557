// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import io.sett.api.cache.CacheRemoval;
import io.sett.api.cache.RemovalCause;
import io.sett.api.cache.RemovalListener;
import io.sett.api.common.Registration;
import io.sett.engine.memcache.internal.shard.Counters;
import io.sett.engine.memcache.internal.shard.RemovalSink;
import io.sett.spi.log.Loggers;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Brings removals to listeners, in the order in which they happened, outside of all locks of the cache: by a thread
 * that exists while there are listeners, or by the thread that removes when too many wait.
 */
final class RemovalDispatcher implements RemovalSink {

    private static final Logger LOG = Loggers.of(RemovalDispatcher.class);
    private static final int MOST_WAITING = 4096;

    private record Listening(RemovalListener listener, Set<RemovalCause> causes) {
    }

    private final String store;
    private final Counters counters;
    private final List<Listening> listeners = new CopyOnWriteArrayList<>();
    private final Queue<CacheRemoval> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final ReentrantLock delivery = new ReentrantLock();
    private final ReentrantLock registration = new ReentrantLock();
    /** Under the delivery lock; a listener that always fails must not fill the log. */
    private long failuresLogged;
    private volatile int wanted;
    private volatile boolean idle;
    private volatile @Nullable Thread thread;

    RemovalDispatcher(String store, Counters counters) {
        this.store = store;
        this.counters = counters;
    }

    Registration add(RemovalListener listener, Set<RemovalCause> causes) {
        Listening listening = new Listening(listener, EnumSet.copyOf(causes));
        registration.lock();
        try {
            listeners.add(listening);
            changed();
            if (thread == null) {
                Thread created = new Thread(this::run, "sett-" + store + "-removals");
                created.setDaemon(true);
                thread = created;
                created.start();
            }
        } finally {
            registration.unlock();
        }
        return () -> remove(listening);
    }

    private void remove(Listening listening) {
        registration.lock();
        try {
            listeners.remove(listening);
            changed();
            if (listeners.isEmpty()) {
                end();
            }
        } finally {
            registration.unlock();
        }
    }

    private void end() {
        Thread ending = thread;
        thread = null;
        if (ending != null) {
            LockSupport.unpark(ending);
        }
    }

    private void changed() {
        int mask = 0;
        for (Listening listening : listeners) {
            for (RemovalCause cause : listening.causes) {
                mask |= 1 << cause.ordinal();
            }
        }
        wanted = mask;
    }

    @Override
    public boolean wants(RemovalCause cause) {
        return (wanted >>> cause.ordinal() & 1) != 0;
    }

    @Override
    public void removed(byte[] key, byte[] value, RemovalCause cause, long now) {
        waiting.add(new CacheRemoval(Keys.text(key), value, cause, Instant.ofEpochMilli(now)));
        size.incrementAndGet();
        if (idle) {
            idle = false;
            LockSupport.unpark(thread);
        }
    }

    /** To be called by a thread that may have removed something and holds no lock any more. */
    void help() {
        if (wanted != 0 && size.get() > MOST_WAITING && !delivery.isHeldByCurrentThread()) {
            delivery.lock();
            try {
                while (size.get() > MOST_WAITING / 2 && deliverOne()) {
                    Thread.onSpinWait();
                }
            } finally {
                delivery.unlock();
            }
        }
    }

    private boolean deliverOne() {
        CacheRemoval removal = waiting.poll();
        if (removal == null) {
            return false;
        }
        size.decrementAndGet();
        for (Listening listening : listeners) {
            if (listening.causes.contains(removal.cause())) {
                call(listening.listener, removal);
            }
        }
        return true;
    }

    private void call(RemovalListener listener, CacheRemoval removal) {
        try {
            listener.onRemoval(removal);
        } catch (RuntimeException failed) {
            counters.listenerFailures.increment();
            long failures = ++failuresLogged;
            if (Long.bitCount(failures) == 1) {
                LOG.warn("a removal listener of cache '{}' failed for key '{}', failure {}", store, removal.key(),
                        failures, failed);
            }
        }
    }

    private void run() {
        Thread self = Thread.currentThread();
        while (thread == self) {
            deliverAll();
            idle = true;
            if (waiting.isEmpty() && thread == self) {
                LockSupport.park(this);
            }
            idle = false;
        }
    }

    private void deliverAll() {
        delivery.lock();
        try {
            while (deliverOne()) {
                Thread.onSpinWait();
            }
        } finally {
            delivery.unlock();
        }
    }

    /** Delivers what waits and takes nothing more. */
    void close() {
        wanted = 0;
        deliverAll();
        registration.lock();
        try {
            listeners.clear();
            end();
        } finally {
            registration.unlock();
        }
    }
}
