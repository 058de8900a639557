// SPDX-License-Identifier: Apache-2.0
/**
 * The same stores twice: assembled by {@link io.sett.examples.configured.WithoutGuice a builder} and
 * {@link io.sett.examples.configured.WithGuice injected}.
 */
@NullMarked
package io.sett.examples.configured;

import org.jspecify.annotations.NullMarked;
