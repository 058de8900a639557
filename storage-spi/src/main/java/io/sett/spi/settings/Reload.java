// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.settings;

/** When a changed value takes effect. */
public enum Reload {
    /** At once, while the store is open. */
    LIVE,
    /** When the store is opened again. */
    REOPEN
}
