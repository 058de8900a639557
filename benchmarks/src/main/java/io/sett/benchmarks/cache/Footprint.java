// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the process holds: resident memory plus the live part of the heap. The heap must be of a fixed size and touched
 * from the start ({@code -Xms = -Xmx, -XX:+AlwaysPreTouch}), so that resident memory grows by what lies outside only.
 *
 * @param resident bytes
 * @param heap live bytes
 */
record Footprint(long resident, long heap) {

    static Footprint now() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return withoutCollection();
    }

    static Footprint withoutCollection() {
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return new Footprint(residentBytes(), heap);
    }

    private static long residentBytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        throw new IllegalStateException("this system does not tell the resident memory");
    }

    long since(Footprint before) {
        return resident - before.resident + heap - before.heap;
    }
}
