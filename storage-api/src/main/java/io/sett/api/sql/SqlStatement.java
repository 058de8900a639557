// SPDX-License-Identifier: Apache-2.0
package io.sett.api.sql;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One SQL statement with its parameters. Immutable but for byte arrays among the parameters, which are not copied.
 *
 * @param sql the text of one statement
 * @param parameters the positional parameters in order; empty when there are named ones
 * @param named the named parameters, without their colon; empty when there are positional ones
 * @param timeout the time the statement may take; empty: the store's own
 * @param cacheable whether the result of a query may come from the query cache (default true). Statements that are not
 *     deterministic are never cached by themselves
 */
public record SqlStatement(String sql, List<Object> parameters, Map<String, Object> named, Optional<Duration> timeout,
        boolean cacheable) {

    /**
     * Copies list and map; refuses a blank text, null, both kinds of parameters at once and a timeout that is not
     * positive with {@code INVALID_ARGUMENT}.
     */
    public SqlStatement {
        if (sql.isBlank()) {
            throw Checks.invalid("The SQL statement is empty");
        }
        for (int i = 0; i < parameters.size(); i++) {
            Checks.parameter(parameters.get(i), i + 1);
        }
        for (Map.Entry<String, Object> value : named.entrySet()) {
            Checks.name(value.getKey(), "SQL parameter");
            Checks.parameter(value.getValue(), ":" + value.getKey());
        }
        if (!parameters.isEmpty() && !named.isEmpty()) {
            throw Checks.invalid("The SQL statement has positional and named parameters; use one kind");
        }
        Checks.timeout(timeout);
        parameters = List.copyOf(parameters);
        named = named.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(named));
    }

    /** A statement with positional parameters, or none. */
    public static SqlStatement of(String sql, Object... parameters) {
        return new SqlStatement(sql, Arrays.asList(parameters), Map.of(), Optional.empty(), true);
    }

    /** A statement with named parameters: {@code named("… where id = :id", Map.of("id", 7))}. */
    public static SqlStatement named(String sql, Map<String, ?> parameters) {
        return new SqlStatement(sql, List.of(), new LinkedHashMap<>(parameters), Optional.empty(), true);
    }

    /** The same with other positional parameters. */
    public SqlStatement withParameters(Object... values) {
        return new SqlStatement(sql, Arrays.asList(values), Map.of(), timeout, cacheable);
    }

    /** The same with one named parameter added or changed. */
    public SqlStatement with(String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(named);
        changed.put(name, value);
        return new SqlStatement(sql, parameters, changed, timeout, cacheable);
    }

    /** The same with another timeout. */
    public SqlStatement withTimeout(Duration value) {
        return new SqlStatement(sql, parameters, named, Optional.of(value), cacheable);
    }

    /** The same with another {@code cacheable}. */
    public SqlStatement withCacheable(boolean value) {
        return new SqlStatement(sql, parameters, named, timeout, value);
    }

    /** The text; parameters may be secrets, so only their number is printed. */
    @Override
    public String toString() {
        return "SqlStatement[" + sql + ", " + (parameters.size() + named.size()) + " parameters]";
    }
}
