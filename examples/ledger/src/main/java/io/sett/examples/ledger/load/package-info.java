// SPDX-License-Identifier: Apache-2.0
/** Block files into stores: check every file first, then write. */
@NullMarked
package io.sett.examples.ledger.load;

import org.jspecify.annotations.NullMarked;
