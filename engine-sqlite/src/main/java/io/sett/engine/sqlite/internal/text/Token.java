// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.text;

/**
 * A piece of SQL that is neither blank nor comment.
 *
 * @param type what it is
 * @param start index of its first character
 * @param end index behind its last character
 */
record Token(Type type, int start, int end) {

    enum Type { WORD, QUOTED, LITERAL, PARAMETER, SEMICOLON, OPEN, CLOSE, OTHER, END }
}
