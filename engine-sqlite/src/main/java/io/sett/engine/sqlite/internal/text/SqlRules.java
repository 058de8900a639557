// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.text;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a statement given by a user may be. Statements about connections and files are the store's own business: they
 * would change what other users of a pooled connection see, or reach files beside the database.
 */
final class SqlRules {

    private static final int SHOWN = 200;

    private static final Map<String, StatementKind> KINDS = Map.ofEntries(Map.entry("SELECT", StatementKind.QUERY),
            Map.entry("VALUES", StatementKind.QUERY), Map.entry("EXPLAIN", StatementKind.REPORT),
            Map.entry("INSERT", StatementKind.INSERT), Map.entry("REPLACE", StatementKind.INSERT),
            Map.entry("UPDATE", StatementKind.CHANGE), Map.entry("DELETE", StatementKind.CHANGE),
            Map.entry("CREATE", StatementKind.SCHEMA), Map.entry("DROP", StatementKind.SCHEMA),
            Map.entry("ALTER", StatementKind.SCHEMA), Map.entry("REINDEX", StatementKind.SCHEMA),
            Map.entry("ANALYZE", StatementKind.SCHEMA));

    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("ATTACH", "other databases cannot be attached; open a second store"),
            Map.entry("DETACH", "other databases cannot be attached"),
            Map.entry("BEGIN", "use begin() or transaction(…)"), Map.entry("COMMIT", "use SqlTransaction.commit()"),
            Map.entry("END", "use SqlTransaction.commit()"), Map.entry("ROLLBACK", "use SqlTransaction.rollback()"),
            Map.entry("SAVEPOINT", "use SqlTransaction.savepoint(name)"),
            Map.entry("RELEASE", "use SqlTransaction.release(name)"), Map.entry("VACUUM",
            "use vacuum() or backup(file)"));

    /** Pragmas that read, and take at most the name of a table or index. */
    private static final Set<String> READING = Set.of("APPLICATION_ID", "COLLATION_LIST", "COMPILE_OPTIONS",
            "DATABASE_LIST", "DATA_VERSION", "ENCODING", "FOREIGN_KEYS", "FOREIGN_KEY_CHECK", "FOREIGN_KEY_LIST",
            "FREELIST_COUNT", "FUNCTION_LIST", "INDEX_INFO", "INDEX_LIST", "INDEX_XINFO", "INTEGRITY_CHECK",
            "JOURNAL_MODE", "MODULE_LIST", "PAGE_COUNT", "PAGE_SIZE", "PRAGMA_LIST", "QUICK_CHECK", "SCHEMA_VERSION",
            "SYNCHRONOUS", "TABLE_INFO", "TABLE_LIST", "TABLE_XINFO", "USER_VERSION");
    private static final Set<String> TAKES_NAME = Set.of("FOREIGN_KEY_CHECK", "FOREIGN_KEY_LIST", "INDEX_INFO",
            "INDEX_LIST", "INDEX_XINFO", "INTEGRITY_CHECK", "QUICK_CHECK", "TABLE_INFO", "TABLE_LIST", "TABLE_XINFO");
    /** Pragmas whose setting is part of the database or ends with the transaction. */
    private static final Set<String> WRITING = Set.of("APPLICATION_ID", "DEFER_FOREIGN_KEYS", "OPTIMIZE");

    private SqlRules() {
    }

    /**
     * The kind of a statement.
     *
     * @param words its words outside of quotes, upper case; parentheses and {@code =} too, other signs left out
     */
    static StatementKind kind(String sql, List<String> words) {
        String first = words.isEmpty() ? "" : words.get(0);
        String refused = REFUSED.get(first);
        if (refused != null) {
            throw wrong(sql, first + " is not allowed here; " + refused);
        }
        StatementKind kind = switch (first) {
            case "WITH" -> KINDS.get(mainVerb(words));
            case "PRAGMA" -> pragma(sql, words);
            default -> KINDS.get(first);
        };
        if (kind == null) {
            throw wrong(sql, "it begins with '" + first + "', which begins no SQL statement");
        }
        if ("CREATE".equals(first) && words.size() > 1 && words.get(1).startsWith("TEMP")) {
            throw wrong(sql, "temporary objects would be seen by one connection of the pool only; use ordinary ones");
        }
        return kind;
    }

    /** The verb behind the common table expressions: the first one outside of parentheses. */
    private static String mainVerb(List<String> words) {
        int depth = 0;
        for (String word : words.subList(1, words.size())) {
            depth += "(".equals(word) ? 1 : ")".equals(word) ? -1 : 0;
            if (depth == 0 && Set.of("SELECT", "VALUES", "INSERT", "REPLACE", "UPDATE", "DELETE").contains(word)) {
                return word;
            }
        }
        return "";
    }

    private static StatementKind pragma(String sql, List<String> words) {
        int at = words.size() > 3 && ".".equals(words.get(2)) ? 3 : 1;
        String name = words.size() > at ? words.get(at) : "";
        boolean sets = words.contains("=");
        boolean takes = sets || words.contains("(");
        if (WRITING.contains(name) && (takes || "OPTIMIZE".equals(name))) {
            return StatementKind.SCHEMA;
        }
        if (READING.contains(name) && !sets && (!takes || TAKES_NAME.contains(name))) {
            return StatementKind.REPORT;
        }
        throw wrong(sql, "pragma " + name.toLowerCase(java.util.Locale.ROOT) + (takes ? " with a value" : "")
                + " is not allowed here; what it changes is set by the settings of the store");
    }

    /** The error of a statement that cannot be run. */
    static InvalidOperationException wrong(String sql, String why) {
        return new InvalidOperationException(ErrorCode.SQL_STATEMENT, "SQL statement refused: " + why + ". Statement: "
                + shown(sql), Map.of("sql", shown(sql)));
    }

    /** The beginning of a statement for messages. */
    static String shown(String sql) {
        return sql.length() <= SHOWN ? sql : sql.substring(0, SHOWN) + "… (" + sql.length() + " characters)";
    }
}
