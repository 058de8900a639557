// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.fault;

/** A call that a {@link FaultPlan} can let fail. */
public enum FileOperation {
    /** Bytes are written to a file. */
    WRITE,
    /** Bytes are read from a file. */
    READ,
    /** A file is forced. */
    FORCE,
    /** A directory is forced. */
    FORCE_DIRECTORY,
    /** A file or directory is made. */
    CREATE,
    /** A file or directory is renamed. */
    RENAME,
    /** A file is cut. */
    TRUNCATE,
    /** A file or directory is deleted. */
    DELETE
}
