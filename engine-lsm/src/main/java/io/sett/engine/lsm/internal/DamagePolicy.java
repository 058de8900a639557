// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

/** What is done when a store is found damaged while it is opened. */
enum DamagePolicy {
    /** Opening fails, nothing is changed. */
    FAIL,
    /** What is whole is saved into a new store, which takes the place of the damaged one; that is kept beside it. */
    REPAIR
}
