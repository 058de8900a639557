// SPDX-License-Identifier: Apache-2.0
/** The program: its commands, and how it opens its stores. */
@NullMarked
package io.sett.examples.ledger;

import org.jspecify.annotations.NullMarked;
