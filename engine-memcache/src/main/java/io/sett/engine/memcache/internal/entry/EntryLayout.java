// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.entry;

import io.sett.engine.memcache.internal.slab.Slab;
import io.sett.engine.memcache.internal.slab.SlabHeap;

/** Reads and writes the fields of entries; the package description shows them. Stateless but for one choice. */
public final class EntryLayout {

    /** The longest key in bytes of UTF-8. */
    public static final int MAX_KEY = 0xffff;
    /** The longest entry: header, key and value. */
    public static final int MAX_ENTRY = (1 << 30) - 64;
    /** The last moment that can be kept. */
    public static final long MAX_TIME = (1L << 46) - 1;

    private static final int EXPIRY_LOW = 8;
    private static final int NEXT = 12;
    private static final int PREVIOUS = 16;
    private static final int CREATED = 20;
    private static final int KEY_BITS = 16;

    private final boolean keepsCreation;
    private final int header;

    /** The layout with or without creation times. */
    public EntryLayout(boolean keepsCreation) {
        this.keepsCreation = keepsCreation;
        this.header = keepsCreation ? 26 : 20;
    }

    /** Bytes before the key. */
    public int header() {
        return header;
    }

    /** Whether entries know when they were made. */
    public boolean keepsCreation() {
        return keepsCreation;
    }

    /** Bytes of an entry without padding. */
    public long length(int keyLength, long valueLength) {
        return header + (long) keyLength + valueLength;
    }

    /** Fills a fresh block. */
    public void write(Slab slab, int at, byte[] key, int keyLength, byte[] value, long expiry, long created) {
        SlabHeap.owner(slab, at, (int) (expiry >>> 32) << KEY_BITS | keyLength);
        slab.putInt(at + EXPIRY_LOW, (int) expiry);
        slab.putInt(at + NEXT, 0);
        slab.putInt(at + PREVIOUS, 0);
        if (keepsCreation) {
            slab.putInt(at + CREATED, (int) created);
            slab.putShort(at + CREATED + 4, (short) (created >>> 32));
        }
        slab.put(at + header, key, 0, keyLength);
        slab.put(at + header + keyLength, value, 0, value.length);
    }

    /** Gives an entry another value that its block has been fitted to; key and links stay. */
    public void rewrite(Slab slab, int at, byte[] value, long expiry, long created) {
        int keyLength = keyLength(slab, at);
        expiry(slab, at, expiry);
        if (keepsCreation) {
            slab.putInt(at + CREATED, (int) created);
            slab.putShort(at + CREATED + 4, (short) (created >>> 32));
        }
        slab.put(at + header + keyLength, value, 0, value.length);
    }

    /** The length of the key. */
    public static int keyLength(Slab slab, int at) {
        return SlabHeap.owner(slab, at) & MAX_KEY;
    }

    /** Where the value begins. */
    public int valueAt(Slab slab, int at) {
        return at + header + keyLength(slab, at);
    }

    /** The length of the value; may be negative when the block is not an entry (any more). */
    public int valueLength(Slab slab, int at) {
        return SlabHeap.length(slab, at) - header - keyLength(slab, at);
    }

    /** Whether it is the entry of this key. */
    public boolean hasKey(Slab slab, int at, byte[] key, int keyLength) {
        return keyLength(slab, at) == keyLength && slab.matches(at + header, key, keyLength);
    }

    /** A copy of the key. */
    public byte[] key(Slab slab, int at) {
        byte[] key = new byte[keyLength(slab, at)];
        slab.get(at + header, key, 0, key.length);
        return key;
    }

    /** A copy of the value. */
    public byte[] value(Slab slab, int at) {
        byte[] value = new byte[valueLength(slab, at)];
        slab.get(valueAt(slab, at), value, 0, value.length);
        return value;
    }

    /** When the entry expires; 0: never. */
    public static long expiry(Slab slab, int at) {
        return (long) (SlabHeap.owner(slab, at) >>> KEY_BITS) << 32 | slab.getInt(at + EXPIRY_LOW) & 0xffffffffL;
    }

    /** Changes when the entry expires. */
    public static void expiry(Slab slab, int at, long expiry) {
        SlabHeap.owner(slab, at, (int) (expiry >>> 32) << KEY_BITS | keyLength(slab, at));
        slab.putInt(at + EXPIRY_LOW, (int) expiry);
    }

    /** Whether an expiry has come. */
    public static boolean isOver(long expiry, long now) {
        return expiry != 0 && now >= expiry;
    }

    /** When the entry was made; only with creation times. */
    public long created(Slab slab, int at) {
        return (slab.getShort(at + CREATED + 4) & 0xffffL) << 32 | slab.getInt(at + CREATED) & 0xffffffffL;
    }

    /** The next entry in the bucket of the wheel. */
    public static int next(Slab slab, int at) {
        return slab.getInt(at + NEXT);
    }

    public static void next(Slab slab, int at, int ref) {
        slab.putInt(at + NEXT, ref);
    }

    /** The previous entry in the bucket of the wheel, or the complement of the bucket. */
    public static int previous(Slab slab, int at) {
        return slab.getInt(at + PREVIOUS);
    }

    public static void previous(Slab slab, int at, int ref) {
        slab.putInt(at + PREVIOUS, ref);
    }
}
