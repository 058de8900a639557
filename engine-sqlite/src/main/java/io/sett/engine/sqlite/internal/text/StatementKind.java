// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.text;

/** What a statement does, as far as its first words tell. */
public enum StatementKind {
    /** Returns rows and changes nothing: {@code select}, {@code values}. */
    QUERY,
    /** Tells about the engine or a connection, not about data: {@code explain}, a reading {@code pragma}. */
    REPORT,
    /** {@code insert} or {@code replace}. */
    INSERT,
    /** {@code update} or {@code delete}. */
    CHANGE,
    /** Changes the schema or what belongs to it. */
    SCHEMA;

    /** Whether it counts the rows that it changes. */
    public boolean countsRows() {
        return this == INSERT || this == CHANGE;
    }

    /** Whether it writes. */
    public boolean writes() {
        return this != QUERY && this != REPORT;
    }
}
