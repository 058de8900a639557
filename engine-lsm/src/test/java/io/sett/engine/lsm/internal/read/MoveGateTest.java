// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MoveGateTest {

    private static final int TIMES = 20_000;

    private int inside;

    @Test
    void letsOneInAtATime() throws InterruptedException {
        MoveGate gate = new MoveGate();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread thread = new Thread(() -> {
                for (int j = 0; j < TIMES; j++) {
                    gate.enter();
                    inside++;
                    gate.leave();
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        gate.enter();
        assertThat(inside).isEqualTo(3 * TIMES);
        gate.leave();
    }
}
