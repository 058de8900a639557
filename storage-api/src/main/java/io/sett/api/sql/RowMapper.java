// SPDX-License-Identifier: Apache-2.0
package io.sett.api.sql;

/**
 * Makes an object of a row. Called once for each row, in order, by the thread that reads the result.
 *
 * @param <T> what it makes; never null
 */
@FunctionalInterface
public interface RowMapper<T> {

    /**
     * Makes an object of the row, which is valid only during this call. What it throws ends the query and reaches the
     * caller as it is.
     */
    T map(Row row);
}
