// SPDX-License-Identifier: Apache-2.0
/** Stores that are wrong in one way each; the contracts must convict them with the reason that belongs to the fault. */
@NullMarked
package io.sett.engine.file.control;

import org.jspecify.annotations.NullMarked;
