// SPDX-License-Identifier: Apache-2.0
/**
 * The ordered key-value store: {@link io.sett.api.kv.KVStore} and what it hands out.
 *
 * <p>Keys are 1 byte or longer, ordered as unsigned bytes; values may be empty, and an empty value differs from none.
 * Arrays given as arguments are copied or used up before the call returns; arrays returned belong to the caller.
 * Nothing is null. A key that is absent, deleted or expired reads as {@link java.util.Optional#empty()}.
 *
 * <p>The interface is composed of small ones: {@link io.sett.api.kv.KVReader} (4 methods to implement),
 * {@link io.sett.api.kv.KVWriter}, {@link io.sett.api.kv.KVBatching}, {@link io.sett.api.kv.Transactional},
 * {@link io.sett.api.kv.KVAtomics}, {@link io.sett.api.kv.Maintainable}, {@link io.sett.api.kv.Backupable}. Code that
 * only reads should ask for a {@code KVReader}, which a store, a transaction and a snapshot all are.
 */
@NullMarked
package io.sett.api.kv;

import org.jspecify.annotations.NullMarked;
