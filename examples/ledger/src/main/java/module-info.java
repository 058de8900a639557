// SPDX-License-Identifier: Apache-2.0
/** An application that stores Bitcoin blocks with every kind of store. */
module io.sett.examples.ledger {
    requires static org.jspecify;
}
