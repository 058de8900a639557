// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.evict;

/** The eviction policies that can be configured. */
public enum Eviction {
    /** What was not used for the longest time goes; the documented policy. */
    LRU {
        @Override
        public EvictionPolicy policy() {
            return new ByAge(true);
        }
    },
    /** What was written first goes, used or not. */
    FIFO {
        @Override
        public EvictionPolicy policy() {
            return new ByAge(false);
        }
    },
    /** What is used least often goes, new entries get a time to prove themselves: best for most workloads. */
    W_TINYLFU {
        @Override
        public EvictionPolicy policy() {
            return new TinyLfu();
        }
    },
    /** What was written first and not used since goes; entries used once more stay for another round. */
    S3_FIFO {
        @Override
        public EvictionPolicy policy() {
            return new S3Fifo();
        }
    };

    /** A policy for one shard. */
    public abstract EvictionPolicy policy();
}
