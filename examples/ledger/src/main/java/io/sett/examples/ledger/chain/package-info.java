// SPDX-License-Identifier: Apache-2.0
/**
 * Reading and checking Bitcoin blocks: pure parsing, no storage.
 *
 * <p>{@link io.sett.examples.ledger.chain.CheckedBlocks} is the way in: it walks over the blocks of one file, one block
 * in
 * memory at a time, and hands out only blocks that passed every check. Anything else is a
 * {@link io.sett.examples.ledger.chain.MalformedBlockException} that names the file and the byte offset.
 *
 * <h2>File forms</h2>
 * <pre>
 * raw file      the block, nothing else
 *
 * framed file   +---------------+--------------+---------------+   repeated until the end of the file
 *               | f9 be b4 d9   | length       | block         |
 *               | 4 bytes       | u32          | length bytes  |
 *               +---------------+--------------+---------------+
 * </pre>
 *
 * <h2>Block</h2>
 * All numbers are little-endian; {@code cs} is a compact size (1, 3, 5 or 9 bytes, shortest form only).
 * <pre>
 * block         header 80 | cs count | transactions
 * header        version i32 | previous hash 32 | Merkle root 32 | time u32 | bits u32 | nonce u32
 * transaction   version u32 | [marker 00 flag 01] | cs count | inputs | cs count | outputs | [witnesses] | lock time
 * u32
 * input         previous id 32 | previous index u32 | cs length | script | sequence u32
 * output        value i64 (satoshi) | cs length | script
 * witness       cs count | count times (cs length | bytes)         one for each input, only behind marker and flag
 * </pre>
 *
 * <h2>What is checked</h2>
 * <ul>
 * <li>Structure: nothing is cut off, no count exceeds what the bytes left can hold, nothing trails.</li>
 * <li>Proof of work: the block hash is not above the target of the header, and the target not above that of the
 * network.</li>
 * <li>Merkle root over the transaction ids, and that the list is not one of two that give the same root
 * (CVE-2012-2459).</li>
 * <li>The first transaction and only the first is a coinbase; output values lie between 0 and 21 million coins.</li>
 * <li>Witness commitment of the coinbase (BIP141) whenever a transaction carries witness data. The transaction id does
 * not
 * cover witness data; the commitment does. A block sent without its witness data has nothing to check there.</li>
 * </ul>
 * Scripts are not run, signatures not verified, and earlier outputs not looked up: the sample blocks are islands of the
 * chain.
 *
 * <p>Sources: Bitcoin developer reference (block chain, transactions), BIP34, BIP141, BIP144.
 */
@NullMarked
package io.sett.examples.ledger.chain;

import org.jspecify.annotations.NullMarked;
