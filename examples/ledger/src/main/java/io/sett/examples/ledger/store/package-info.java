// SPDX-License-Identifier: Apache-2.0
/**
 * The ledger in its four stores: what is kept where, in which form, and in which order it is written.
 *
 * <h2>Key-value store</h2>
 * The truth. One block is one transaction, so a block is there with all its rows or not at all. Numbers are big-endian,
 * so
 * that the order of keys is the order of heights. Hashes in keys are in the order in which people see them, so that the
 * first digits of a hash are the first bytes of its key and a lookup by prefix is a range of keys.
 * <pre>
 * key                                              value
 * 'b' | block hash 32                              block row         (header by hash)
 * 'h' | height u32 | block hash 32                 header 80         (header by height)
 * 'o' | transaction id 32 | index u32              output row        (output by outpoint)
 * 's' | transaction id 32 | index u32              spent row         (mark on the outpoint that an input spends)
 * 't' | transaction id 32                          transaction row
 *
 * block row        height u32 | bytes u32 | transactions u32 | inputs u32 | outputs u32 | output value i64 | header 80
 * transaction row  block hash 32 | height u32 | position u32 | offset u32 | bytes u32 | inputs u32 | outputs u32
 *                  | output value i64 | flags u8 (1 coinbase, 2 witness data)
 * output row       value i64 | height u32 | script type u8 | script, to the end
 * spent row        spending transaction 32 | input u32 | height u32
 * </pre>
 * Every row follows from its block alone, so the state does not depend on the order in which blocks came, nor on how
 * often.
 * (Main network history has two transaction ids twice, at heights below 91,881; the later row wins, as it did on the
 * network.)
 *
 * <h2>File store</h2>
 * {@code blocks/<last two digits of the hash>/<hash>.blk}: the block as it was in its file, without a frame.
 *
 * <h2>SQL store</h2>
 * Summaries: {@code block_summary} and {@code script_summary}, one set of rows for each ledger (key-value engine). They
 * can
 * be made again from the rest and are repaired on the next run.
 *
 * <h2>Cache</h2>
 * Rows by block hash and transaction id that were looked up lately. Rows never change once they are written.
 *
 * <h2>Order of writing</h2>
 * File, then transaction, then summary. Each step can be repeated without harm, each looks first whether it is needed.
 * A process
 * killed between two steps leaves a file that the next run finds, or a missing summary that it writes.
 */
@NullMarked
package io.sett.examples.ledger.store;

import org.jspecify.annotations.NullMarked;
