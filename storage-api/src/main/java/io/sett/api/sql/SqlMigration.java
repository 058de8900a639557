// SPDX-License-Identifier: Apache-2.0
package io.sett.api.sql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * One step of a schema from a version to the next.
 *
 * @param version the version of the schema after this step; at least 1, higher than that of the step before
 * @param description what it does, for logs and errors
 * @param fingerprint tells whether a step that ran once is still the same; empty: it is not compared
 * @param body the statements; must neither commit nor roll back
 */
public record SqlMigration(int version, String description, String fingerprint,
        Consumer<? super SqlTransaction> body) {

    /** Refuses a version below 1 with {@code INVALID_ARGUMENT}. */
    public SqlMigration {
        if (version < 1) {
            throw Checks.invalid("The version of migration '" + description + "' is " + version
                    + "; it must be at least 1");
        }
    }

    /** A step made of code, without a fingerprint. */
    public SqlMigration(int version, String description, Consumer<? super SqlTransaction> body) {
        this(version, description, "", body);
    }

    /**
     * A step made of statements separated by semicolons. Its fingerprint is the SHA-256 of the script; how lines end,
     * and blank space at both ends of it, make no difference.
     */
    public static SqlMigration script(int version, String description, String script) {
        return new SqlMigration(version, description, sha256(script.replace("\r\n", "\n").strip()),
                transaction -> transaction.executeScript(script));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
