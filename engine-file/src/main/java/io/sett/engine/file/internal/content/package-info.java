// SPDX-License-Identifier: Apache-2.0
/**
 * Content found by its hash, in any file store. A content lies in the file {@code ab/cd/abcd….n}: its SHA-256 in
 * hexadecimal below two directories of its first four digits, and {@code n}, how many references there are. So content
 * and count are one file, and a change of the count is one move. What is written from a stream, whose hash is not
 * known before its end, lies in {@code incoming/} until then; the next opening deletes what a crash left there.
 */
@NullMarked
package io.sett.engine.file.internal.content;

import org.jspecify.annotations.NullMarked;
