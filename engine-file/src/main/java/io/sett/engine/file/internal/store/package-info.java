// SPDX-License-Identifier: Apache-2.0
/**
 * The file store: names below {@code files/}, files being written in {@code new/}, one lock.
 *
 * <p>A write goes to {@code new/<number>}, is forced, and gets its name by an atomic rename, after which the directory
 * is forced. A new directory is made in {@code new/} too and moved to its place. What a crash leaves in {@code new/} is
 * deleted at the next open.
 */
@NullMarked
package io.sett.engine.file.internal.store;

import org.jspecify.annotations.NullMarked;
