// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.store;

import io.sett.api.file.FileStore;
import io.sett.examples.ledger.chain.Hash256;
import io.sett.examples.ledger.chain.RawBlock;

/** Raw blocks in the file store. A save is atomic: a file that exists is whole. */
final class RawBlocks {
    private static final int FAN_OUT_DIGITS = 2;

    private final FileStore files;

    RawBlocks(FileStore files) {
        this.files = files;
    }

    /** The name of a block's file. The last digits of a hash are evenly spread, the first ones are zero. */
    static String name(Hash256 hash) {
        String digits = hash.toString();
        return "blocks/" + digits.substring(digits.length() - FAN_OUT_DIGITS) + "/" + digits + ".blk";
    }

    /** Saves a block unless it is there; tells whether it was not. */
    boolean saveIfAbsent(Hash256 hash, RawBlock raw) {
        String name = name(hash);
        if (files.exists(name)) {
            return false;
        }
        files.save(name, raw.bytes());
        return true;
    }

    /** A part of a raw block. */
    byte[] load(Hash256 hash, int offset, int length) {
        return files.load(name(hash), offset, length);
    }

    /** Reads a raw block to its end and compares its checksum; returns its length. */
    long verify(Hash256 hash) {
        files.verify(name(hash));
        return files.info(name(hash)).size();
    }
}
