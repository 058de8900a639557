// SPDX-License-Identifier: Apache-2.0
package org.example.treap;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * An immutable ordered map: a binary search tree by key that is a heap by random priority, so about balanced (C. R.
 * Aragon, R. G. Seidel, "Randomized search trees", 1989). Changes copy the path to the root. The empty map is null.
 */
record Treap(byte[] key, byte[] value, long version, int priority, @Nullable Treap left, @Nullable Treap right) {

    static @Nullable Treap find(@Nullable Treap root, byte[] key) {
        Treap at = root;
        while (at != null) {
            int order = Arrays.compareUnsigned(key, at.key);
            if (order == 0) {
                return at;
            }
            at = order < 0 ? at.left : at.right;
        }
        return null;
    }

    /** The lowest entry at or above the key, or above it when not inclusive; of everything when the key is null. */
    static @Nullable Treap up(@Nullable Treap root, byte @Nullable [] key, boolean inclusive) {
        Treap best = null;
        Treap at = root;
        while (at != null) {
            int order = key == null ? -1 : Arrays.compareUnsigned(key, at.key);
            if (order < 0 || order == 0 && inclusive) {
                best = at;
                at = at.left;
            } else {
                at = at.right;
            }
        }
        return best;
    }

    /** The highest entry at or below the key, or below it when not inclusive; of everything when the key is null. */
    static @Nullable Treap down(@Nullable Treap root, byte @Nullable [] key, boolean inclusive) {
        Treap best = null;
        Treap at = root;
        while (at != null) {
            int order = key == null ? 1 : Arrays.compareUnsigned(key, at.key);
            if (order > 0 || order == 0 && inclusive) {
                best = at;
                at = at.right;
            } else {
                at = at.left;
            }
        }
        return best;
    }

    static Treap put(@Nullable Treap root, byte[] key, byte[] value, long version) {
        if (root == null) {
            return new Treap(key, value, version, ThreadLocalRandom.current().nextInt(), null, null);
        }
        int order = Arrays.compareUnsigned(key, root.key);
        if (order == 0) {
            return new Treap(key, value, version, root.priority, root.left, root.right);
        }
        if (order < 0) {
            Treap child = put(root.left, key, value, version);
            return child.priority > root.priority
                    ? child.with(child.left, root.with(child.right, root.right)) : root.with(child, root.right);
        }
        Treap child = put(root.right, key, value, version);
        return child.priority > root.priority
                ? child.with(root.with(root.left, child.left), child.right) : root.with(root.left, child);
    }

    static @Nullable Treap remove(@Nullable Treap root, byte[] key) {
        if (root == null) {
            return null;
        }
        int order = Arrays.compareUnsigned(key, root.key);
        if (order == 0) {
            return merge(root.left, root.right);
        }
        return order < 0 ? root.with(remove(root.left, key), root.right) : root.with(root.left, remove(root.right, key));
    }

    private static @Nullable Treap merge(@Nullable Treap low, @Nullable Treap high) {
        if (low == null || high == null) {
            return low == null ? high : low;
        }
        return low.priority > high.priority
                ? low.with(low.left, merge(low.right, high)) : high.with(merge(low, high.left), high.right);
    }

    private Treap with(@Nullable Treap newLeft, @Nullable Treap newRight) {
        return new Treap(key, value, version, priority, newLeft, newRight);
    }
}
