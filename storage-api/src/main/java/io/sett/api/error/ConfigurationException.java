// SPDX-License-Identifier: Apache-2.0
package io.sett.api.error;

import java.util.Map;

/**
 * The configuration cannot be used. Lists <em>all</em> problems: key, value, origin, allowed range, default, and a likely
 * spelling for an unknown key.
 *
 * <p>Codes: {@link ErrorCode#INVALID_CONFIG}, {@link ErrorCode#STORAGE_ENGINE_NOT_FOUND}.
 */
public final class ConfigurationException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** An error without further facts; the message says what, where, the limit and what to do. */
    public ConfigurationException(ErrorCode code, String message) {
        super(code, message, Map.of(), null, false);
    }

    /** An error with facts for {@link #details()}. */
    public ConfigurationException(ErrorCode code, String message, Map<String, ?> details) {
        super(code, message, details, null, false);
    }

    /** An error with facts and the failure that caused it. */
    public ConfigurationException(ErrorCode code, String message, Map<String, ?> details, Throwable cause) {
        super(code, message, details, cause, false);
    }
}
