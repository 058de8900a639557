// SPDX-License-Identifier: Apache-2.0
/**
 * From a prepared commit to a visible one: queue, groups, one write of the log and at most one force for each group.
 */
@NullMarked
package io.sett.engine.lsm.internal.commit;

import org.jspecify.annotations.NullMarked;
