// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

/**
 * A block that passed every check.
 *
 * @param height its distance from the genesis block
 * @param block  what it says
 * @param raw    its bytes
 */
public record CheckedBlock(int height, Block block, RawBlock raw) {
}
