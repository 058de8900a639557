// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.shard;

import org.jspecify.annotations.Nullable;

/** A write of one key that takes effect together with others. */
public final class Change {

    /** Says that the expiry of the present entry stays. */
    public static final long KEEP_EXPIRY = -1;

    private final String text;
    private final byte[] key;
    private final long hash;
    private byte @Nullable [] value;
    private long expiry;
    private int ref;
    private int replaced;

    /**
     * A change.
     *
     * @param text the key
     * @param key its bytes
     * @param value the new value, or null to delete the entry
     * @param expiry of the new value
     */
    public Change(String text, byte[] key, long hash, byte @Nullable [] value, long expiry) {
        this.text = text;
        this.key = key;
        this.hash = hash;
        this.value = value;
        this.expiry = expiry;
    }

    public String text() {
        return text;
    }

    public byte[] key() {
        return key;
    }

    public long hash() {
        return hash;
    }

    int fragment() {
        return ShardPlan.fragment(hash);
    }

    /** The new value; null: the entry goes. */
    public byte @Nullable [] value() {
        return value;
    }

    public long expiry() {
        return expiry;
    }

    /** Another write of the same key takes its place. */
    public void become(byte @Nullable [] newValue, long newExpiry) {
        value = newValue;
        expiry = newExpiry;
    }

    /** The number of its entry among the prepared ones of its shard. */
    int ref() {
        return ref;
    }

    void ref(int number) {
        ref = number;
    }

    /** The entry that it took the place of, or 0. */
    int replaced() {
        return replaced;
    }

    void replaced(int old) {
        replaced = old;
    }
}
