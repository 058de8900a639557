// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.table;

/** A block whose checksum is right makes no sense; becomes a CorruptionException where file and offset are known. */
final class MalformedBlockException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedBlockException(String message) {
        super(message);
    }
}
