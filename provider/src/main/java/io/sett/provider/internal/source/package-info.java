// SPDX-License-Identifier: Apache-2.0
/**
 * Where configuration comes from: files in four notations, the class path, the environment, system properties and code,
 * each as a flat layer of keys below {@code storage} that knows the line of every value.
 */
@NullMarked
package io.sett.provider.internal.source;

import org.jspecify.annotations.NullMarked;
