// SPDX-License-Identifier: Apache-2.0
package io.sett.api.common;

/**
 * The other end of having registered something, usually a listener: closing it takes the listener out again.
 *
 * <p>Closing is idempotent and may be done by any thread, also from within the listener. A call of the listener that is
 * already under way is not waited for.
 */
@FunctionalInterface
public interface Registration extends AutoCloseable {

    /** Takes out what was registered; later calls do nothing. Never throws. */
    @Override
    void close();
}
