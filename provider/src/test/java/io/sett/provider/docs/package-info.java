// SPDX-License-Identifier: Apache-2.0
/** Writes the reference configuration of every module and the page docs/configuration.md from the settings in code. */
@NullMarked
package io.sett.provider.docs;

import org.jspecify.annotations.NullMarked;
