// SPDX-License-Identifier: Apache-2.0
package io.sett.api.common;

/**
 * Learns how far a long operation has come. Called by the working thread, so it must be quick; what it throws ends the
 * operation and reaches its caller.
 */
@FunctionalInterface
public interface ProgressListener {

    /** Hears nothing. */
    ProgressListener NONE = new ProgressListener() {
        @Override
        public void onProgress(Progress progress) {
            // Nobody listens. A class, since a lambda costs each first opening a millisecond.
        }
    };

    /** Called at the start and the end of each phase and now and then between; never goes back within a phase. */
    void onProgress(Progress progress);
}
