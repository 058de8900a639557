// SPDX-License-Identifier: Apache-2.0
package org.example.treap;

import io.sett.spi.kv.PendingWrite;
import io.sett.spi.kv.WriteSet;
import org.jspecify.annotations.Nullable;

/**
 * All of the store at one moment. Immutable.
 *
 * @param root the entries
 * @param version the newest commit in them
 * @param bytes of keys and values
 */
record TreapState(@Nullable Treap root, long version, long bytes) {

    TreapState apply(WriteSet writes) {
        long next = version + 1;
        Treap tree = root;
        long size = bytes;
        for (PendingWrite write : writes) {
            Treap before = Treap.find(tree, write.key());
            size -= before == null ? 0 : before.key().length + before.value().length;
            if (write.isDeletion()) {
                tree = Treap.remove(tree, write.key());
            } else {
                tree = Treap.put(tree, write.key(), write.value(), next);
                size += write.byteSize();
            }
        }
        return new TreapState(tree, next, size);
    }
}
