// SPDX-License-Identifier: Apache-2.0
/**
 * Rank 0: what every other package of the engine speaks of. Keys with versions, value cells, the cursor over them,
 * hashing, limits. No I/O.
 *
 * <h2>Internal key</h2>
 * <pre>
 * +--------------------+----------------------------------------+
 * | user key, n bytes  | trailer, 8 bytes, big-endian           |
 * +--------------------+----------------------------------------+
 * trailer = ~((version &lt;&lt; 8) | kind)       version: 56 bits, kind: 8 bits, see EntryKind
 * </pre>
 * Order: user keys as unsigned bytes, a prefix first; for one user key the trailer as an unsigned number, which puts
 * the newest version first. Example: key "a" written as a PUT by version 5 is {@code 61 ff ff ff ff ff ff fa fe}. In
 * memory the two parts travel apart (an array range and a long); the flat form is for file metadata.
 *
 * <h2>Value cell</h2>
 * See {@link io.sett.engine.lsm.internal.base.ValueCell}; for a value stored apart
 * {@link io.sett.engine.lsm.internal.base.ValuePointer}.
 */
@NullMarked
package io.sett.engine.lsm.internal.base;

import org.jspecify.annotations.NullMarked;
