// SPDX-License-Identifier: Apache-2.0
package io.sett.api.sql;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a changing statement did.
 *
 * @param rowsChanged rows inserted, updated or deleted by the statement itself; 0 for statements about the schema
 * @param generatedKeys the integer keys the engine made up. An engine that knows only the last one of a statement tells
 *     that; empty for statements that insert nothing
 */
public record SqlUpdateResult(long rowsChanged, List<Long> generatedKeys) {

    /** Copies the list; refuses a negative count with {@code INVALID_ARGUMENT}. */
    public SqlUpdateResult {
        Checks.notNegative(rowsChanged, "rowsChanged");
        generatedKeys = List.copyOf(generatedKeys);
    }

    /** The last generated key; empty when there is none. */
    public OptionalLong generatedKey() {
        return generatedKeys.isEmpty() ? OptionalLong.empty()
                : OptionalLong.of(generatedKeys.get(generatedKeys.size() - 1));
    }
}
