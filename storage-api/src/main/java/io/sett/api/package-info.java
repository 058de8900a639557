// SPDX-License-Identifier: Apache-2.0
/**
 * The front door: {@link io.sett.api.StorageProvider} hands out stores of every kind by name.
 *
 * <p>The packages below it hold what it hands out: {@code kv} key-value stores, {@code cache} caches, {@code file}
 * files and temporary files, {@code sql} relational stores; {@code event} what they tell of themselves; {@code error}
 * every exception; {@code common} what all of them share.
 */
@NullMarked
package io.sett.api;

import org.jspecify.annotations.NullMarked;
