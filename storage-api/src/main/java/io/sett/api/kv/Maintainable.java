// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

/** A store that can be looked after. */
public interface Maintainable {

    /** Its maintenance; the same object at each call. */
    Maintenance maintenance();
}
