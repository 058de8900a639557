// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import io.sett.api.common.Progress;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a backup is doing.
 *
 * @param id of the backup
 * @param state where it stands
 * @param progress how far it has come
 * @param startedAt when it began
 * @param errorOrNull why it failed, null unless it did
 */
public record BackupStatus(String id, State state, Progress progress, Instant startedAt,
        @Nullable String errorOrNull) {

    /** Where a backup stands. */
    public enum State {
        /** Being made. */
        RUNNING,
        /** Made and durable. */
        COMPLETED,
        /** Checked after it was made. */
        VERIFIED,
        /** Ended without a usable backup. */
        FAILED
    }

    /** Why it failed; empty unless it did. */
    public Optional<String> error() {
        return Optional.ofNullable(errorOrNull);
    }
}
