// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.evict;

/**
 * The index of a shard as a policy sees it: slots with a fragment of the hash, a mark that belongs to the policy, and
 * one bit that tells entries of the main part from new ones. Slots are in the order of hashes, so neighbours are a
 * random sample. Under the lock of the shard; slot numbers hold until the next change of the index.
 */
public interface Slots {

    /** All slots. */
    int capacity();

    /** Used slots. */
    int count();

    /** Whether there is an entry. */
    boolean isUsed(int slot);

    /** The fragment of a used slot. */
    int fragment(int slot);

    /** The mark of a used slot; readers may have changed it, or written that of a neighbour here. */
    int mark(int slot);

    /** Changes the mark. */
    void mark(int slot, int mark);

    /** Whether the entry belongs to the main part. */
    boolean isMain(int slot);

    /** Moves the entry to the main part, or back. */
    void main(int slot, boolean main);

    /** The first entry of the main part, or of the new ones, with this fragment; -1 when there is none. */
    int seek(int fragment, boolean main);
}
