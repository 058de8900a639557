// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

/**
 * A block file is not what it should be. The message names the file, the byte offset, what was expected and what was
 * found.
 */
public final class MalformedBlockException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long offset;

    /**
     * Describes one fault.
     *
     * @param file     name of the file as the user gave it
     * @param offset   offset in bytes from the start of the file
     * @param expected what a good file has there
     * @param found    what this file has there
     */
    public MalformedBlockException(String file, long offset, String expected, String found) {
        super(file + ": byte offset " + offset + ": expected " + expected + ", found " + found);
        this.file = file;
        this.offset = offset;
    }

    /** Name of the file as the user gave it. */
    public String file() {
        return file;
    }

    /** Offset in bytes from the start of the file; never beyond its end. */
    public long offset() {
        return offset;
    }
}
