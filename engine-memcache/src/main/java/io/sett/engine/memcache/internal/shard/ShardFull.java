// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.shard;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.LimitExceededException;
import io.sett.engine.memcache.internal.slab.SlabHeap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Says why there is no room.
 *
 * @param plan of the shard
 * @param heap of the shard
 * @param bytes wanted
 * @param allocated by the shard
 */
record ShardFull(ShardPlan plan, SlabHeap heap, int bytes, long allocated) {

    LimitExceededException error(boolean quarantined) {
        plan.counters().rejections.increment();
        MemoryLimits limits = plan.limits();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("bytes", bytes);
        facts.put("shard_bytes", allocated);
        facts.put("shard_limit", limits.shardBytes());
        facts.put("total_bytes", plan.heldBytes());
        facts.put("total_limit", limits.totalBytes());
        facts.put("free_bytes", heap.freeBytes());
        ErrorCode code = code(quarantined);
        return new LimitExceededException(code, "cache '" + plan.store() + "' has no room for " + bytes
                + " bytes: its shard holds " + allocated + " of " + limits.shardBytes() + " bytes, " + heap.freeBytes()
                + " of them free; the whole cache " + plan.heldBytes() + " of " + limits.totalBytes() + "; "
                + remedy(code, quarantined), facts);
    }

    private ErrorCode code(boolean quarantined) {
        if (plan.entryPool().isRefused() || plan.indexPool().isRefused()) {
            return ErrorCode.MEMORY_EXHAUSTED;
        }
        if (!quarantined && plan.gcPercent() == 0 && heap.freeBytes() >= bytes) {
            return ErrorCode.MEMORY_FRAGMENTATION;
        }
        if (plan.shards() > 1 && plan.heldBytes() < plan.limits().totalBytes() / 10 * 9) {
            return ErrorCode.SHARD_OVERFLOW;
        }
        return plan.limits().hard() ? ErrorCode.CACHE_FULL : ErrorCode.MEMORY_EXHAUSTED;
    }

    private String remedy(ErrorCode code, boolean quarantined) {
        if (quarantined) {
            return "zero-copy readers hold the rest; let their functions return sooner";
        }
        return switch (code) {
            case MEMORY_FRAGMENTATION -> "the free part is scattered; set performance.gc_percent above 0";
            case SHARD_OVERFLOW -> "other shards have room; use fewer shards or another hash_function";
            default -> plan.entryPool().isRefused() || plan.indexPool().isRefused()
                    ? "the JVM has no direct memory left; raise -XX:MaxDirectMemorySize or lower "
                            + plan.limits().setting()
                    : "raise " + plan.limits().setting() + " or set full_policy = evict";
        };
    }
}
