// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.snapshot;

/** Numbers of the file format; the package description shows it. */
final class SnapshotFormat {

    static final long MAGIC = 0x53455454_43534e50L;
    static final int VERSION = 1;
    static final int HEADER = 24;
    static final int ENTRY_HEADER = 16;
    static final int FOOTER = 16;
    static final int MAX_KEY = 0xffff;

    private SnapshotFormat() {
    }
}
