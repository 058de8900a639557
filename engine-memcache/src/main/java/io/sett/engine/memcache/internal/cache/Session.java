// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What one thread keeps for one cache: the bytes of the key at hand, whether it is inside of an operation, and when to
 * measure one. Only its thread writes to it; other threads read the depths.
 */
final class Session {

    private static final VarHandle READING;
    private static final VarHandle WRITING;
    private static final int DRAWN_SHIFT = 28;

    static {
        try {
            READING = MethodHandles.lookup().findVarHandle(Session.class, "reading", int.class);
            WRITING = MethodHandles.lookup().findVarHandle(Session.class, "writing", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private byte[] key = new byte[128];
    private int keyLength;
    private long hash;
    private int reading;
    private int writing;
    private boolean operated;
    private int random = System.identityHashCode(this);

    /** Makes a key the one at hand. */
    void use(byte[] bytes, int length, long keyHash) {
        key = bytes;
        keyLength = length;
        hash = keyHash;
    }

    byte[] key() {
        return key;
    }

    int keyLength() {
        return keyLength;
    }

    long hash() {
        return hash;
    }

    void enter(boolean write) {
        if (write) {
            WRITING.setOpaque(this, writing + 1);
        } else {
            READING.setOpaque(this, reading + 1);
        }
    }

    void leave(boolean write) {
        if (write) {
            WRITING.setRelease(this, writing - 1);
        } else {
            READING.setRelease(this, reading - 1);
        }
    }

    /** How deep its thread is in operations of a kind. */
    int depth(boolean write) {
        return (int) (write ? WRITING : READING).getAcquire(this);
    }

    /** Whether this request counts for hot keys: one in 16, at random, so that no rhythm of the caller is met. */
    boolean isAdvised() {
        return isDrawn();
    }

    /** Whether this operation is one to measure: the first, then one in 16 at random. */
    boolean isMeasured() {
        if (operated) {
            return isDrawn();
        }
        operated = true;
        return true;
    }

    private boolean isDrawn() {
        random = random * 1_103_515_245 + 12_345;
        return random >>> DRAWN_SHIFT == 0;
    }
}
