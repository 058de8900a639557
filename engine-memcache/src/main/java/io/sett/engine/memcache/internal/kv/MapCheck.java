// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.kv;

import io.sett.api.common.Progress;
import io.sett.api.common.ProgressListener;
import io.sett.spi.Deadline;
import io.sett.spi.kv.KVArguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at every key: keys ascend, versions of a key descend. Runs beside writers. */
final class MapCheck {

    private static final int STEPS_BETWEEN_CHECKS = 1024;

    private final VersionedMap map;
    private final long latest;
    private final List<String> problems = new ArrayList<>();
    private long bytes;

    /** A check of what was committed up to a version. */
    MapCheck(VersionedMap map, long latest) {
        this.map = map;
        this.latest = latest;
    }

    void run(ProgressListener progress, String what) {
        long total = map.keyCount();
        long done = 0;
        progress.onProgress(new Progress("verify", 0, total, "keys"));
        byte @Nullable [] before = null;
        for (KeyVersions versions : map.upFrom(null, true)) {
            if (before != null && Arrays.compareUnsigned(before, versions.key()) >= 0) {
                problems.add("key " + KVArguments.shown(versions.key()) + " stands behind "
                        + KVArguments.shown(before) + ", which is not below it");
            }
            before = versions.key();
            checkVersions(versions);
            if (++done % STEPS_BETWEEN_CHECKS == 0) {
                Deadline.none().check(what);
                progress.onProgress(new Progress("verify", Math.min(done, total), total, "keys"));
            }
        }
        progress.onProgress(new Progress("verify", total, total, "keys"));
    }

    private void checkVersions(KeyVersions versions) {
        long above = Long.MAX_VALUE;
        bytes += versions.key().length;
        for (EntryVersion entry = versions.at(latest); entry != null; entry = entry.older()) {
            if (entry.version() >= above || entry.version() <= 0) {
                problems.add("key " + KVArguments.shown(versions.key()) + " has version " + entry.version() + " below "
                        + above);
            }
            above = entry.version();
            bytes += entry.value().length;
        }
    }

    List<String> problems() {
        return problems;
    }

    long bytes() {
        return bytes;
    }
}
