// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds the statements in a text, their kinds and parameters. Linear in the length of the text.
 *
 * <p>A trigger holds semicolons of its own; like the {@code sqlite3_complete} of SQLite it ends at {@code ; end}
 * followed by a semicolon or by the end of the text.
 */
public final class SqlScanner {

    private static final int WORDS_KEPT = 4096;
    private static final int MAX_PARAMETER = 250_000;

    private final String sql;
    private final Tokens tokens;
    private final List<String> words = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    private SqlScanner(String sql) {
        this.sql = sql;
        this.tokens = new Tokens(sql);
    }

    /** The only statement of a text; refuses a second one and a text without any. */
    public static SqlText one(String sql) {
        SqlScanner scanner = new SqlScanner(sql);
        List<SqlText> statements = scanner.statements(2);
        if (statements.isEmpty()) {
            throw SqlRules.wrong(sql, "it holds no statement");
        }
        if (statements.size() > 1) {
            throw SqlRules.wrong(sql, "it holds more than one statement; use executeScript for scripts");
        }
        return statements.get(0);
    }

    /** All statements of a script, which must have no parameters. */
    public static List<SqlText> script(String sql) {
        List<SqlText> statements = new SqlScanner(sql).statements(Integer.MAX_VALUE);
        for (SqlText statement : statements) {
            if (statement.parameterCount() > 0) {
                throw SqlRules.wrong(statement.sql(), "a script has no parameters");
            }
        }
        return statements;
    }

    /** The beginning of a statement for messages. */
    public static String shown(String sql) {
        return SqlRules.shown(sql);
    }

    private List<SqlText> statements(int atMost) {
        List<SqlText> found = new ArrayList<>();
        Token token = tokens.next();
        while (token.type() != Token.Type.END && found.size() < atMost) {
            if (token.type() != Token.Type.SEMICOLON) {
                found.add(statement(token));
            }
            token = tokens.next();
        }
        return found;
    }

    private SqlText statement(Token first) {
        words.clear();
        names.clear();
        int end = first.end();
        boolean trigger = false;
        Token token = first;
        Token before = first;
        Token beforeThat = first;
        while (token.type() != Token.Type.END) {
            boolean closing = token.type() == Token.Type.SEMICOLON;
            if (closing && (!trigger || isEnd(before) && beforeThat.type() == Token.Type.SEMICOLON)) {
                break;
            }
            note(token);
            trigger = trigger || isTrigger();
            end = token.end();
            beforeThat = before;
            before = token;
            token = tokens.next();
        }
        String text = sql.substring(first.start(), end);
        return new SqlText(text, SqlRules.kind(text, words), names.size(), names);
    }

    private boolean isTrigger() {
        int size = words.size();
        return size >= 2 && size <= 3 && "CREATE".equals(words.get(0)) && "TRIGGER".equals(words.get(size - 1))
                && (size == 2 || words.get(1).startsWith("TEMP"));
    }

    private boolean isEnd(Token token) {
        return token.type() == Token.Type.WORD && "END".equalsIgnoreCase(sql.substring(token.start(), token.end()));
    }

    private void note(Token token) {
        switch (token.type()) {
            case PARAMETER -> parameter(sql.substring(token.start(), token.end()));
            case WORD, OPEN, CLOSE, OTHER -> {
                if (words.size() < WORDS_KEPT || token.type() != Token.Type.OTHER) {
                    words.add(sql.substring(token.start(), token.end()).toUpperCase(Locale.ROOT));
                }
            }
            default -> { }
        }
    }

    /** Numbers parameters as SQLite does: {@code ?} is one more than the highest so far, a name keeps its number. */
    private void parameter(String text) {
        if (text.length() == 1) {
            names.add("");
        } else if (text.charAt(0) == '?') {
            int number = text.length() > 7 ? MAX_PARAMETER + 1 : Integer.parseInt(text.substring(1));
            if (number < 1 || number > MAX_PARAMETER) {
                throw SqlRules.wrong(sql, "parameter " + text + " is not between ?1 and ?" + MAX_PARAMETER);
            }
            while (names.size() < number) {
                names.add("");
            }
        } else if (!names.contains(text.substring(1))) {
            names.add(text.substring(1));
        }
    }
}
