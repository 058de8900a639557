// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.text;

import io.sett.api.error.InvalidOperationException;

/**
 * Cuts SQL into tokens as SQLite does (https://sqlite.org/lang_keywords.html, https://sqlite.org/lang_expr.html), in
 * one
 * pass without going back. Refuses what SQLite would read to the end of the text: an open quote or comment, and NUL.
 */
final class Tokens {

    private final String sql;
    private int at;

    Tokens(String sql) {
        this.sql = sql;
        int nul = sql.indexOf('\0');
        if (nul >= 0) {
            throw SqlRules.wrong(sql.substring(0, nul), "it has a NUL character at index " + nul
                    + "; pass such text as a parameter");
        }
    }

    Token next() {
        skipBlank();
        int start = at;
        if (start >= sql.length()) {
            return new Token(Token.Type.END, start, start);
        }
        char c = sql.charAt(at);
        return switch (c) {
            case ';' -> single(Token.Type.SEMICOLON);
            case '(' -> single(Token.Type.OPEN);
            case ')' -> single(Token.Type.CLOSE);
            case '\'' -> quoted('\'', Token.Type.LITERAL);
            case '"', '`' -> quoted(c, Token.Type.QUOTED);
            case '[' -> bracketed();
            case '?' -> parameter(false);
            case ':', '@', '$', '#' -> parameter(true);
            default -> isWord(c) ? word() : single(Token.Type.OTHER);
        };
    }

    private void skipBlank() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == '\uFEFF') {
                at++;
            } else if (sql.startsWith("--", at)) {
                int end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end + 1;
            } else if (sql.startsWith("/*", at)) {
                int end = sql.indexOf("*/", at + 2);
                if (end < 0) {
                    throw open("comment", at);
                }
                at = end + 2;
            } else {
                return;
            }
        }
    }

    private Token single(Token.Type type) {
        return new Token(type, at, ++at);
    }

    private Token quoted(char quote, Token.Type type) {
        int start = at++;
        while (at < sql.length()) {
            if (sql.charAt(at++) == quote) {
                if (at < sql.length() && sql.charAt(at) == quote) {
                    at++;
                } else {
                    return new Token(type, start, at);
                }
            }
        }
        throw open("quote " + quote, start);
    }

    private Token bracketed() {
        int start = at;
        int end = sql.indexOf(']', start);
        if (end < 0) {
            throw open("bracket [", start);
        }
        at = end + 1;
        return new Token(Token.Type.QUOTED, start, at);
    }

    private Token parameter(boolean named) {
        int start = at++;
        while (at < sql.length() && (named ? isWord(sql.charAt(at)) : isDigit(sql.charAt(at)))) {
            at++;
        }
        boolean alone = named && at == start + 1;
        return new Token(alone ? Token.Type.OTHER : Token.Type.PARAMETER, start, at);
    }

    private Token word() {
        int start = at;
        while (at < sql.length() && isWord(sql.charAt(at))) {
            at++;
        }
        return new Token(isDigit(sql.charAt(start)) ? Token.Type.LITERAL : Token.Type.WORD, start, at);
    }

    private static boolean isWord(char c) {
        return c == '_' || c == '$' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c >= 0x80;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private InvalidOperationException open(String what, int where) {
        return SqlRules.wrong(sql, "the " + what + " at index " + where + " is not closed");
    }
}
