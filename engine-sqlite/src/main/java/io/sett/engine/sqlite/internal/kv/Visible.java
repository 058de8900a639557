// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.kv;

/** What is visible now: the newest version, and a sequence that is odd while a newer one becomes visible. */
final class Visible {

    private volatile long sequence;
    private volatile long version;

    Visible(long version) {
        this.version = version;
    }

    long sequence() {
        return sequence;
    }

    long version() {
        return version;
    }

    boolean isStableAt(long expected) {
        long before = sequence;
        return before % 2 == 0 && version == expected && sequence == before;
    }

    /** A commit may become visible from now on. For the one who commits. */
    void begin() {
        sequence = sequence + 1;
    }

    /** It has, as this version, or it never will and the version is the old one. */
    void end(long now) {
        version = now;
        sequence = sequence + 1;
    }
}
