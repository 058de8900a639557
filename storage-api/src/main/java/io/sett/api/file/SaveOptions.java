// SPDX-License-Identifier: Apache-2.0
package io.sett.api.file;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How a file is to be written. Immutable.
 *
 * @param overwrite whether an existing file may be replaced (default true); if not, it is {@code FILE_ALREADY_EXISTS}
 * @param sync whether the file is forced to the device before the call returns (default true); without it a crash of
 *     the system, not of the process, may leave the old content, the new, or a file that is reported as damaged, but
 *     never a mixture that is read as content
 * @param expectedSha256 the checksum that the content must have, in lower-case hexadecimal digits; if it has another
 *     one, nothing is stored and the error is {@code FILE_CORRUPTED}. Empty (default): not compared
 * @param timeout the time that the opening and the commit may take each; empty (default): the store's own
 */
public record SaveOptions(boolean overwrite, boolean sync, Optional<String> expectedSha256,
        Optional<Duration> timeout) {

    private static final SaveOptions DEFAULTS = new SaveOptions(true, true, Optional.empty(), Optional.empty());

    /** Refuses a malformed checksum and a timeout that is not positive with {@code INVALID_ARGUMENT}. */
    public SaveOptions {
        expectedSha256 = expectedSha256.map(text -> text.toLowerCase(Locale.ROOT));
        Checks.sha256(expectedSha256);
        Checks.timeout(timeout);
    }

    /** Overwrites, forces to the device, compares no checksum, the store's own timeout. */
    public static SaveOptions defaults() {
        return DEFAULTS;
    }

    /** The same with another {@code overwrite}. */
    public SaveOptions withOverwrite(boolean value) {
        return new SaveOptions(value, sync, expectedSha256, timeout);
    }

    /** The same with another {@code sync}. */
    public SaveOptions withSync(boolean value) {
        return new SaveOptions(overwrite, value, expectedSha256, timeout);
    }

    /** The same with a checksum that the content must have. */
    public SaveOptions withExpectedSha256(String hex) {
        return new SaveOptions(overwrite, sync, Optional.of(hex), timeout);
    }

    /** The same with another timeout. */
    public SaveOptions withTimeout(Duration value) {
        return new SaveOptions(overwrite, sync, expectedSha256, Optional.of(value));
    }
}
