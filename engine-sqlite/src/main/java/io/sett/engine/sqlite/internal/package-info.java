// SPDX-License-Identifier: Apache-2.0
/**
 * Engine {@code sqlite}. Ranks, each knowing only those before it: {@code text} (SQL as text, pure), {@code db} (files,
 * connections, the writer's lane, errors), {@code sql} (SQL store) and {@code kv} (key-value store), this package
 * (wiring).
 */
@NullMarked
package io.sett.engine.sqlite.internal;

import org.jspecify.annotations.NullMarked;
