// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.fault;

import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which call fails, and how: the n-th one of an operation, once or from then on. Given to
 * {@link FaultFileSystem#plan}, it counts from there. The file system guards it; a test reads {@link #failures()}.
 */
public final class FaultPlan {

    private final FileOperation operation;
    private final long first;
    private final Fault fault;
    private boolean sticky;
    private boolean torn;
    private @Nullable Predicate<String> files;
    private long calls;
    private volatile long failures;
    private volatile @Nullable String firstFailure;

    private FaultPlan(FileOperation operation, long first, Fault fault) {
        this.operation = operation;
        this.first = first;
        this.fault = fault;
    }

    /**
     * Lets one call fail.
     *
     * @param number of the call that fails, from 1
     */
    public static FaultPlan fail(FileOperation operation, long number, Fault fault) {
        return new FaultPlan(operation, number, fault);
    }

    /** All later calls of the operation fail as well. */
    public FaultPlan sticky() {
        sticky = true;
        return this;
    }

    /** A write that fails has written the first half of its bytes. */
    public FaultPlan torn() {
        torn = true;
        return this;
    }

    /** Counts only calls on files whose path is accepted. */
    public FaultPlan on(Predicate<String> paths) {
        files = paths;
        return this;
    }

    /** How many calls have failed by it: 0 means that the run was clean. */
    public long failures() {
        return failures;
    }

    /** Which file the first failure hit. */
    public Optional<String> firstFailure() {
        return Optional.ofNullable(firstFailure);
    }

    /** Which calls it counts. */
    public FileOperation operation() {
        return operation;
    }

    Fault fault() {
        return fault;
    }

    boolean isTorn() {
        return torn;
    }

    /** The fault of this call, or null when it goes well. */
    @Nullable Fault next(FileOperation called, String file) {
        if (called != operation || files != null && !files.test(file)) {
            return null;
        }
        calls++;
        if (calls < first || calls > first && !sticky) {
            return null;
        }
        if (failures == 0) {
            firstFailure = file;
        }
        failures++;
        return fault;
    }

    @Override
    public String toString() {
        return operation + " number " + first + (sticky ? " and later" : "") + " fails with " + fault
                + (torn ? ", torn" : "");
    }
}
