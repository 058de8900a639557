// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.survival;

import io.sett.api.common.Capability;
import io.sett.api.kv.KVStore;
import io.sett.spi.Engines;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * The process that {@link KillRun} starts and kills: moves money, and acknowledges each commit by a line on its
 * standard output, which ends with a full stop so that a line that was cut is known.
 */
final class KillChild {

    private static final int TRANSFERS_WHILE_OPEN = 25;

    private KillChild() {
    }

    /** Engine, moment, and settings as {@code name=value}. */
    public static void main(String[] arguments) throws InterruptedException {
        KillMoment moment = KillMoment.valueOf(arguments[1]);
        Map<String, Object> settings = new HashMap<>();
        for (int i = 2; i < arguments.length; i++) {
            int equals = arguments[i].indexOf('=');
            settings.put(arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
        }
        PrintStream output = System.out;
        boolean again = moment == KillMoment.OPEN || moment == KillMoment.CLOSE;
        do {
            output.println(KillMoment.OPEN.line());
            KVStore store = Engines.open(KVStore.class, arguments[0], settings);
            Bank.found(store);
            Thread[] writers = new Thread[Bank.THREADS];
            for (int thread = 0; thread < writers.length; thread++) {
                int id = thread;
                writers[thread] = new Thread(() -> write(store, id, again, output));
                writers[thread].start();
            }
            maintain(store, moment, output);
            for (Thread writer : writers) {
                writer.join();
            }
            output.println(KillMoment.CLOSE.line());
            store.close();
        } while (again);
    }

    private static void write(KVStore store, int thread, boolean ends, PrintStream output) {
        Random random = new Random();
        for (int i = 0; !ends || i < TRANSFERS_WHILE_OPEN; i++) {
            output.println(thread + " " + Bank.transfer(store, thread, random) + ".");
        }
    }

    private static void maintain(KVStore store, KillMoment moment, PrintStream output) {
        boolean compacts = moment == KillMoment.COMPACT && store.supports(Capability.COMPACTION);
        boolean collects = moment == KillMoment.COLLECT && store.supports(Capability.GARBAGE_COLLECTION);
        while (compacts || collects) {
            output.println(moment.line());
            if (compacts) {
                store.maintenance().compact();
            } else {
                store.maintenance().garbageCollect();
            }
        }
    }
}
