// SPDX-License-Identifier: Apache-2.0
/**
 * What the layers of configuration mean: sections and their schemas, overrides from the environment, named instances.
 * All problems are collected before any is reported.
 */
@NullMarked
package io.sett.provider.internal.binding;

import org.jspecify.annotations.NullMarked;
