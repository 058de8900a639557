// SPDX-License-Identifier: Apache-2.0
/**
 * Shared parts of key-value engines, so that each need not write optimistic transactions anew.
 *
 * <p>An engine implements {@link io.sett.spi.kv.TransactionEnvironment} and gets
 * {@link io.sett.spi.kv.BufferedTransaction} and {@link io.sett.spi.kv.BufferedBatch}: writes gather in a
 * {@link io.sett.spi.kv.WriteSet}, what was read is remembered in a {@link io.sett.spi.kv.ReadSet}, and
 * {@link io.sett.spi.kv.OverlayCursor} shows both together. At commit the engine receives a
 * {@link io.sett.spi.kv.CommitRequest}; under its own commit lock it asks
 * {@link io.sett.spi.kv.ConflictWindow#check}, assigns a version, writes, makes the version visible, and tells
 * {@link io.sett.spi.kv.ConflictWindow#record}. {@link io.sett.spi.kv.ActiveVersions} knows which old versions are
 * still read.
 *
 * <p>Keyspaces for such an engine are in {@code io.sett.spi.keyspace}.
 *
 * <p>Validation is backward and by commit order (H. T. Kung, J. T. Robinson, "On optimistic methods for concurrency
 * control", 1981): a transaction that passes it is serialized at its commit version.
 */
@NullMarked
package io.sett.spi.kv;

import org.jspecify.annotations.NullMarked;
