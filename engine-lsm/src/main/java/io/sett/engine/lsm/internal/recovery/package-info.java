// SPDX-License-Identifier: Apache-2.0
/**
 * From a directory to a store that can be used: the lock, the manifest, the tables it names, the logs.
 */
@NullMarked
package io.sett.engine.lsm.internal.recovery;

import org.jspecify.annotations.NullMarked;
