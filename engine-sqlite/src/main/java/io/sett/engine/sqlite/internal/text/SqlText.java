// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.text;

import io.sett.api.error.InvalidOperationException;
import java.util.List;
import java.util.Map;

/**
 * One statement, read once. Immutable.
 *
 * @param sql its text without the closing semicolon
 * @param kind what it does
 * @param parameterCount how many values it takes
 * @param names the name of each parameter, in order, the empty string for one without
 */
public record SqlText(String sql, StatementKind kind, int parameterCount, List<String> names) {

    /** Copies the list. */
    public SqlText {
        names = List.copyOf(names);
    }

    /** Refuses another number of positional values than there are parameters, and values for named parameters. */
    public void checkPositional(int given) {
        if (given != parameterCount) {
            throw SqlRules.wrong(sql, "it has " + parameterCount + " parameters and was given " + given + " values");
        }
        for (String name : names) {
            if (!name.isEmpty() && given > 0) {
                throw SqlRules.wrong(sql, "its parameters have names (:" + name + "); use SqlStatement.named");
            }
        }
    }

    /** The values of named parameters in their order; refuses missing and superfluous ones. */
    public Object[] order(Map<String, Object> given) {
        Object[] values = new Object[parameterCount];
        for (int i = 0; i < parameterCount; i++) {
            String name = names.get(i);
            Object value = given.get(name);
            if (value == null) {
                throw wrongName(name);
            }
            values[i] = value;
        }
        for (String name : given.keySet()) {
            if (!names.contains(name)) {
                throw SqlRules.wrong(sql, "it has no parameter :" + name + "; its parameters are " + names);
            }
        }
        return values;
    }

    private InvalidOperationException wrongName(String name) {
        return SqlRules.wrong(sql, name.isEmpty() ? "it has a parameter without a name and was given named values"
                : "its parameter :" + name + " was given no value");
    }
}
