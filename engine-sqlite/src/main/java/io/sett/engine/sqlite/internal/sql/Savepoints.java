// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.sql;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/** The savepoints of a transaction, the newest first. For one user at a time. */
final class Savepoints {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

    private final Deque<String> names = new ArrayDeque<>();

    /** Refuses what cannot be a name. */
    static void check(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidOperationException(ErrorCode.INVALID_NAME, "'" + name + "' cannot be the name of a "
                    + "savepoint; use at most 63 letters, digits and underscores, and no digit first");
        }
    }

    boolean contains(String name) {
        return names.contains(name);
    }

    void add(String name) {
        names.push(name);
    }

    /** Forgets those that are newer than this one. */
    void goBackTo(String name) {
        while (!name.equals(names.peek())) {
            names.pop();
        }
    }

    /** Forgets this one and those that are newer. */
    void release(String name) {
        goBackTo(name);
        names.pop();
    }

    @Override
    public String toString() {
        return names.toString();
    }
}
