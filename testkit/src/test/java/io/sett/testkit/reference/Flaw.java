// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.reference;

/** One way in which a journal does not survive what it must. */
public enum Flaw {
    /** None. */
    NONE,
    /** Commits are acknowledged without forcing them. */
    NO_FORCE,
    /** The directory is not forced after the journal was made. */
    NO_DIRECTORY_FORCE,
    /** Records are believed without a checksum. */
    NO_CHECKSUM,
    /** A commit has no end: each of its entries counts by itself. */
    NO_END_MARK,
    /** A force that fails is taken for done. */
    SWALLOWED_ERROR
}
