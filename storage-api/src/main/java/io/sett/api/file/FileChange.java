// SPDX-License-Identifier: Apache-2.0
package io.sett.api.file;

/**
 * One change that a {@link FileWatch} saw.
 *
 * @param kind what happened
 * @param name the full name of the file; of {@code OVERFLOW} the directory that is watched
 */
public record FileChange(Kind kind, String name) {

    /** What can happen. */
    public enum Kind {
        /** A file is there that was not: written, copied, or moved to that name. */
        CREATED,
        /** A file has new content: written, appended to, or replaced by a copy or move. */
        MODIFIED,
        /** A file is gone: deleted, or moved away. */
        DELETED,
        /** More changes came than the watch keeps; those behind the last one told are lost. List the directory. */
        OVERFLOW
    }
}
