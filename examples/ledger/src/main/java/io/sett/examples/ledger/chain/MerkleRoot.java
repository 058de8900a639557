// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

import java.util.ArrayList;
import java.util.List;

/**
 * The root of a binary hash tree. A level with an odd number of nodes repeats its last one, so the lists (a, b, c) and
 * (a, b, c, c) have one root. {@code ambiguous} tells that the second form was met: two equal neighbours that are a
 * pair
 * (CVE-2012-2459). No valid block has them, since no transaction occurs twice.
 *
 * @param hash      the root
 * @param ambiguous whether a pair of equal nodes was met
 */
record MerkleRoot(Hash256 hash, boolean ambiguous) {
    /** Computes the root in time linear in the number of leaves, of which there must be at least one. */
    static MerkleRoot of(List<Hash256> leaves) {
        DoubleSha256 sha = new DoubleSha256();
        List<Hash256> level = leaves;
        boolean ambiguous = false;
        while (level.size() > 1) {
            List<Hash256> above = new ArrayList<>((level.size() + 1) / 2);
            for (int i = 0; i < level.size(); i += 2) {
                Hash256 left = level.get(i);
                Hash256 right = i + 1 < level.size() ? level.get(i + 1) : left;
                ambiguous |= i + 1 < level.size() && left.equals(right);
                above.add(sha.update(left).update(right).finish());
            }
            level = above;
        }
        return new MerkleRoot(level.get(0), ambiguous);
    }
}
