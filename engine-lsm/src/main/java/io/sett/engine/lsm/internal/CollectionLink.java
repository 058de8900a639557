// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.common.ProgressListener;
import io.sett.api.error.CancelledException;
import io.sett.api.error.ClosedException;
import io.sett.api.event.EventType;
import io.sett.api.kv.GarbageCollectionResult;
import io.sett.engine.lsm.internal.commit.CommitPipeline;
import io.sett.engine.lsm.internal.compaction.CompactionScheduler;
import io.sett.engine.lsm.internal.gc.ValueLogCollector;
import io.sett.engine.lsm.internal.jfr.Flight;
import io.sett.engine.lsm.internal.version.VersionSet;
import io.sett.engine.lsm.internal.vlog.ValueLog;
import io.sett.spi.log.Loggers;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Ties garbage collection of the value log to the store: who flushes before it, who runs it now and then, who hears of
 * it. The collector is made when it is first needed. Any thread.
 */
final class CollectionLink implements ValueLogCollector.Host {

    private static final Logger LOG = Loggers.of(CollectionLink.class);
    private static final String WORK = "value-log collection";

    /** What it works on; two executors, since a collection waits for deletions. */
    record Parts(String store, VersionSet versions, ValueLog values, CompactionScheduler compaction,
            CommitPipeline pipeline, CommitWork work, Flusher flusher, StoreHealth health, StoreEvents events,
            Executor collections, Executor deletions, ValueLogConfig config, LongSupplier millis) {
    }

    private final Parts parts;
    private final ReentrantLock making = new ReentrantLock();
    private volatile @Nullable ValueLogCollector collector;

    CollectionLink(Parts parts) {
        this.parts = parts;
    }

    /** The collector, which {@code unwrap} gives out. */
    ValueLogCollector collector() {
        ValueLogCollector made = collector;
        if (made != null) {
            return made;
        }
        making.lock();
        try {
            made = collector;
            if (made == null) {
                made = new ValueLogCollector(new ValueLogCollector.Parts(parts.store(), parts.versions(),
                        parts.values(), parts.compaction(), this, parts.config().fileBytes(),
                        parts.config().gcThreshold(), parts.millis()));
                collector = made;
            }
            return made;
        } finally {
            making.unlock();
        }
    }

    /** Collects by hand. */
    GarbageCollectionResult collect(ProgressListener progress) {
        parts.events().tell(EventType.GC_STARTED, "a collection of the value log begins", Map.of());
        Flight.Span span = Flight.begin(Flight.Work.GARBAGE_COLLECTION, parts.events().store());
        GarbageCollectionResult result = collector().collect(progress);
        span.end("by hand, " + result.freedBytes() + " bytes freed", 0, result.rewrittenBytes());
        parts.events().tell(EventType.GC_FINISHED, "a collection of the value log ended", Map.of("freed_bytes",
                result.freedBytes(), "moved_bytes", result.rewrittenBytes(), "files", result.collectedFiles(),
                "duration_ms", result.duration().toMillis()));
        return result;
    }

    /** Collects by itself, soon, in a thread of its own. */
    void wake() {
        if (parts.versions().peek().segments().isEmpty()) {
            return;
        }
        try {
            parts.collections().execute(this::collectByItself);
        } catch (RejectedExecutionException closing) {
            LOG.debug("no collection is started while the store closes: {}", closing.toString());
        }
    }

    private void collectByItself() {
        ValueLogCollector own = collector();
        long freed = own.freedBytes();
        try {
            Flight.Span span = Flight.begin(Flight.Work.GARBAGE_COLLECTION, parts.events().store());
            long moved = own.movedBytes();
            own.collectByItself();
            span.end("by itself, " + (own.freedBytes() - freed) + " bytes freed", 0, own.movedBytes() - moved);
            parts.health().recovered(WORK);
            if (own.freedBytes() > freed) {
                parts.events().tell(EventType.GC_FINISHED, "the value log was collected",
                        Map.of("freed_bytes", own.freedBytes() - freed));
            }
        } catch (ClosedException | CancelledException closing) {
            LOG.debug("a collection ended early: {}", closing.getMessage());
        } catch (RuntimeException failed) {
            parts.health().troubled(WORK, failed);
        }
    }

    @Override
    public void flushAll() {
        parts.pipeline().exclusively(parts.work()::rotate);
        boolean more = true;
        while (more) {
            more = parts.flusher().flushOldest();
        }
    }

    /** Deletions run one after the other, so what was put in line before is done when this is. */
    @Override
    public void awaitDeletions() {
        FutureTask<Boolean> last = new FutureTask<>(() -> true);
        try {
            parts.deletions().execute(last);
            last.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RejectedExecutionException | ExecutionException closing) {
            LOG.debug("nobody waits for deletions while the store closes: {}", closing.toString());
        }
    }

    /** Bytes moved since the store was opened. */
    long movedBytes() {
        ValueLogCollector made = collector;
        return made == null ? 0 : made.movedBytes();
    }

    /** Bytes given up since the store was opened. */
    long freedBytes() {
        ValueLogCollector made = collector;
        return made == null ? 0 : made.freedBytes();
    }

    /** Collections since the store was opened. */
    long runs() {
        ValueLogCollector made = collector;
        return made == null ? 0 : made.runs();
    }
}
