// SPDX-License-Identifier: Apache-2.0
/**
 * Rank 5: values that are stored apart from their keys.
 *
 * <p>The value log consists of the write-ahead logs that hold such values ({@code 000002.wal}, see the package
 * {@code wal}), which stay after their memtable was flushed, and of files that garbage collection writes:
 *
 * <p>Form of a value-log file ({@code 000009.vlog}), all numbers little-endian:
 * <pre>
 * +--------------------+-------------+-------------+-----
 * | file header, 64 B  | VALUE frame | VALUE frame | ...       kind VLOG; frames as in a log
 * +--------------------+-------------+-------------+-----
 * </pre>
 * A value of more than 256 KiB takes several frames, one behind the other. Tables point to values
 * ({@link io.sett.engine.lsm.internal.base.ValuePointer}) and count what they point to
 * ({@link io.sett.engine.lsm.internal.table.ValueReferences}); whatever nothing points to is dead. The manifest says up
 * to where a file counts; bytes behind that are left from work that was broken off.
 */
@NullMarked
package io.sett.engine.lsm.internal.vlog;

import org.jspecify.annotations.NullMarked;
