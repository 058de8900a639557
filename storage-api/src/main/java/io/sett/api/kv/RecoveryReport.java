// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happened when a store was opened; engines that recover hand it out by
 * {@link io.sett.api.common.Store#unwrap unwrap}. Immutable.
 *
 * @param storeId the id in the headers of its files
 * @param created whether the store did not exist before
 * @param tables number of tables
 * @param logs number of logs read
 * @param replayedCommits commits taken from the logs
 * @param replayedOperations operations in them
 * @param replayedBytes bytes of logs read
 * @param cutOrNull the torn end that was cut off, null when there was none
 * @param droppedFiles files that belonged to unfinished work and were deleted
 * @param phases the steps with the time each took, in order
 */
public record RecoveryReport(UUID storeId, boolean created, int tables, int logs, long replayedCommits,
        long replayedOperations, long replayedBytes, @Nullable Cut cutOrNull, List<Path> droppedFiles,
        List<Phase> phases) {

    /**
     * A torn end of the logs.
     *
     * @param file in which it was
     * @param offset where it was cut
     * @param bytes how much was cut off, later logs included
     * @param reason in words
     */
    public record Cut(Path file, long offset, long bytes, String reason) {
    }

    /**
     * One step.
     *
     * @param name of the step
     * @param duration how long it took
     */
    public record Phase(String name, Duration duration) {
    }

    /** Copies the lists. */
    public RecoveryReport {
        droppedFiles = List.copyOf(droppedFiles);
        phases = List.copyOf(phases);
    }

    /** The torn end that was cut off. */
    public Optional<Cut> cut() {
        return Optional.ofNullable(cutOrNull);
    }

    /** How long all of it took. */
    public Duration duration() {
        Duration sum = Duration.ZERO;
        for (Phase phase : phases) {
            sum = sum.plus(phase.duration());
        }
        return sum;
    }
}
