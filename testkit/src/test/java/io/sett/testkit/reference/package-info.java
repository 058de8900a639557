// SPDX-License-Identifier: Apache-2.0
/**
 * A key-value engine as simple as can be: one lock, one sorted map of versions, conflicts found by looking at every
 * commit since. It is right by inspection, and each {@link io.sett.testkit.reference.Fault} makes it wrong in one way.
 */
@NullMarked
package io.sett.testkit.reference;

import org.jspecify.annotations.NullMarked;
