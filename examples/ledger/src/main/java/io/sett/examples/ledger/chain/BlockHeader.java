// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

/**
 * The 80 bytes that the proof of work covers.
 *
 * @param hash       double SHA-256 of the header: the name of the block
 * @param version    block version, or version bits (BIP9)
 * @param previous   hash of the parent block
 * @param merkleRoot root of the tree of transaction ids
 * @param time       seconds since 1970
 * @param bits       target in compact form
 * @param nonce      what the miner varied
 */
public record BlockHeader(Hash256 hash, int version, Hash256 previous, Hash256 merkleRoot, long time, int bits,
        long nonce) {
    /** Length in bytes. */
    public static final int BYTES = 80;

    static final int PREVIOUS_AT = 4;
    static final int MERKLE_ROOT_AT = 36;
    static final int BITS_AT = 72;

    /**
     * Parses a header that is not in a block file.
     *
     * @param source where it comes from, for the message of a failure
     * @throws MalformedBlockException if it is shorter than {@link #BYTES}
     */
    public static BlockHeader parse(String source, byte[] header) {
        return read(new ByteReader(new RawBlock(source, 0, header)), new DoubleSha256());
    }

    static BlockHeader read(ByteReader in, DoubleSha256 sha) {
        int start = in.position();
        int version = in.i32("block version");
        Hash256 previous = in.hash("previous block hash");
        Hash256 merkleRoot = in.hash("Merkle root");
        long time = in.u32("block time");
        int bits = in.i32("target bits");
        long nonce = in.u32("nonce");
        return new BlockHeader(sha.of(in.array(), start, BYTES), version, previous, merkleRoot, time, bits, nonce);
    }
}
