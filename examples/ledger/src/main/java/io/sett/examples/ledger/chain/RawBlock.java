// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

/**
 * The bytes of one block and where they came from.
 *
 * @param file   name of the file as the user gave it
 * @param offset where the block begins in the file
 * @param bytes  the serialized block without its frame; shared, not copied: nobody may change it
 */
public record RawBlock(String file, long offset, byte[] bytes) {
    MalformedBlockException malformedAt(int position, String expected, String found) {
        return new MalformedBlockException(file, offset + position, expected, found);
    }
}
