// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.shard;

import java.util.Arrays;

/** A growing stack of integers. One thread at a time. */
final class IntStack {

    private static final int[] NONE = {};

    private int[] values = NONE;
    private int size;

    void push(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.max(8, size * 2));
        }
        values[size++] = value;
    }

    int pop() {
        return values[--size];
    }

    int get(int i) {
        return values[i];
    }

    boolean replace(int value, int with) {
        for (int i = 0; i < size; i++) {
            if (values[i] == value) {
                values[i] = with;
                return true;
            }
        }
        return false;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        size = 0;
        values = values.length > 64 ? NONE : values;
    }
}
