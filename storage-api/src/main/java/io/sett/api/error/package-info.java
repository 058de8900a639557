// SPDX-License-Identifier: Apache-2.0
/**
 * The errors of the library: unchecked, sealed, few, each with an {@link io.sett.api.error.ErrorCode}.
 *
 * <p>Catch a class to decide what to do (repeat, fix the code, free space); read the code to learn what exactly
 * happened; show the message to a person: it says what, where, the limit and the actual value, and what to do.
 */
@NullMarked
package io.sett.api.error;

import org.jspecify.annotations.NullMarked;
