// SPDX-License-Identifier: Apache-2.0
/**
 * A complete engine in a few small classes. Every commit makes a new root of an immutable tree ({@code Treap}), so a
 * snapshot is a root and a reader never waits; transactions come from {@code io.sett.spi.kv}.
 *
 * <p>The package is not exported: users meet it only through the service.
 */
@NullMarked
package org.example.treap;

import org.jspecify.annotations.NullMarked;
