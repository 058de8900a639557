// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.table;

/**
 * Where a block is in its file.
 *
 * @param offset of its first byte
 * @param length of its content, without codec id and checksum
 */
record BlockHandle(long offset, int length) {

    /** Bytes behind the content: codec id and checksum. */
    static final int TRAILER = 5;

    static final BlockHandle NONE = new BlockHandle(0, 0);

    boolean isPresent() {
        return length > 0;
    }
}
