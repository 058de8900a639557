// SPDX-License-Identifier: Apache-2.0
package io.sett.api.common;

/** What an acknowledged write survives. */
public enum Durability {
    /** Whatever the store is configured for ({@code sync_writes}). */
    DEFAULT,
    /** The end of the process, however sudden; not a power cut. */
    PROCESS,
    /** A power cut: the write has been forced to the device before it is acknowledged. */
    SYNC
}
