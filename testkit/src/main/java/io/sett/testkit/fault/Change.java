// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.fault;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One recorded change of the file system. Files and directories are told by number, since names change. */
sealed interface Change {

    /** Bytes of a file; a run of zeros is kept as its length alone. */
    record Write(long file, long offset, byte @Nullable [] bytesOrNull, int length) implements Change {

        /** Copies the bytes unless all are zero. */
        static Write of(long file, long offset, byte[] bytes) {
            for (byte b : bytes) {
                if (b != 0) {
                    return new Write(file, offset, bytes, bytes.length);
                }
            }
            return new Write(file, offset, null, bytes.length);
        }

        long end() {
            return offset + length;
        }
    }

    /** A new length of a file. */
    record Truncate(long file, long length) implements Change {
    }

    /** The bytes of a file were forced. */
    record Force(long file) implements Change {
    }

    /**
     * Forcing a file failed: as on Linux, its pages count as written afterwards, although their bytes were lost, so
     * that a later force that succeeds does not bring them to the device.
     */
    record Lost(long file) implements Change {
    }

    /** The names in a directory were forced. */
    record ForceDirectory(long directory) implements Change {
    }

    /** A change of names. */
    sealed interface Naming extends Change {
    }

    /** A name that was not there. */
    record Link(long directory, String name, long node, boolean isDirectory) implements Naming {
    }

    /** A name that is gone. */
    record Unlink(long directory, String name, long node) implements Naming {
    }

    /** A name that became another one, whatever was there. */
    record Rename(long from, String oldName, long to, String newName, long node) implements Naming {
    }

    /** For messages. */
    default String describe() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT) + toString().replaceFirst("^[A-Za-z]+", "")
                .replaceAll("bytesOrNull=[^,]*, ", "");
    }
}
