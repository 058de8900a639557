// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.text;

import java.util.concurrent.ConcurrentHashMap;

/** Remembers statements that were read lately. Bounded; safe for many threads. */
public final class SqlTexts {

    private static final int CAPACITY = 1024;

    private final ConcurrentHashMap<String, SqlText> known = new ConcurrentHashMap<>();

    /** Nothing read yet. */
    public SqlTexts() {
    }

    /** The statement in a text, see {@link SqlScanner#one}. */
    public SqlText one(String sql) {
        SqlText text = known.get(sql);
        if (text == null) {
            text = SqlScanner.one(sql);
            if (known.size() >= CAPACITY) {
                known.clear();
            }
            known.put(sql, text);
        }
        return text;
    }
}
