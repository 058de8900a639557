// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.sql;

import io.sett.spi.LatencyRecorder;
import java.util.concurrent.atomic.LongAdder;

/** What a store counts. */
final class Counters {

    final LongAdder queries = new LongAdder();
    final LongAdder updates = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder rowsRead = new LongAdder();
    final LongAdder rowsChanged = new LongAdder();
    final LongAdder commits = new LongAdder();
    final LongAdder rollbacks = new LongAdder();
    final LatencyRecorder queryLatency = new LatencyRecorder();
    final LatencyRecorder updateLatency = new LatencyRecorder();
}
