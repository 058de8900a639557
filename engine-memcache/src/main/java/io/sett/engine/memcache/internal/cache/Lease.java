// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import io.sett.api.common.Slice;
import io.sett.api.common.SliceScope;
import io.sett.engine.memcache.internal.shard.Located;

/** A value lent to a reader: where it lies, and how long the slice of it lives. Used again by one thread. */
final class Lease {

    private final Located located = new Located();
    private final SliceScope scope;

    Lease(String what) {
        scope = new SliceScope(what);
    }

    Located located() {
        return located;
    }

    /** The value, until {@link #end}. */
    Slice slice() {
        return scope.slice(located.buffer(), located.at(), located.length());
    }

    void end() {
        scope.end();
    }
}
