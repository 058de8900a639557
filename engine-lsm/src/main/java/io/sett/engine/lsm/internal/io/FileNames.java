// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.io;

import java.nio.file.Path;
import java.util.Optional;

/** Names of the files of a store, see the package page. */
public final class FileNames {

    /** What a file is, by its name. */
    public enum Type {
        /** A sorted table. */
        TABLE,
        /** A write-ahead log. */
        WAL,
        /** A value log. */
        VALUE_LOG,
        /** A manifest. */
        MANIFEST,
        /** Names the manifest. */
        CURRENT,
        /** Held while the store is open. */
        LOCK,
        /** Unfinished; may be deleted at open. */
        TEMPORARY
    }

    /**
     * A name taken apart.
     *
     * @param type what the file is
     * @param number its number, 0 when it has none
     */
    public record Parsed(Type type, long number) {
    }

    /** Names the manifest. */
    public static final String CURRENT = "CURRENT";

    /** Held while the store is open. */
    public static final String LOCK = "LOCK";

    private static final String MANIFEST_PREFIX = "MANIFEST-";

    private FileNames() {
    }

    /** {@code 000001.sst}. */
    public static Path table(Path directory, long number) {
        return directory.resolve(tableName(number));
    }

    /** The name of a table alone. */
    public static String tableName(long number) {
        return numbered(number) + ".sst";
    }

    /** {@code 000001.wal}. */
    public static Path wal(Path directory, long number) {
        return directory.resolve(walName(number));
    }

    /** The name of a log alone. */
    public static String walName(long number) {
        return numbered(number) + ".wal";
    }

    /** {@code 000001.vlog}. */
    public static Path valueLog(Path directory, long number) {
        return directory.resolve(numbered(number) + ".vlog");
    }

    /** {@code MANIFEST-000001}. */
    public static Path manifest(Path directory, long number) {
        return directory.resolve("MANIFEST-" + numbered(number));
    }

    /** {@code CURRENT}. */
    public static Path current(Path directory) {
        return directory.resolve(CURRENT);
    }

    /** {@code LOCK}. */
    public static Path lock(Path directory) {
        return directory.resolve(LOCK);
    }

    /** The same name with {@code .tmp} behind it. */
    public static Path temporary(Path file) {
        return file.resolveSibling(file.getFileName() + ".tmp");
    }

    /** What a name says; empty for a name that is none of ours. */
    public static Optional<Parsed> parse(Path file) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".tmp")) {
            return Optional.of(new Parsed(Type.TEMPORARY, 0));
        }
        if (name.equals(CURRENT) || name.equals(LOCK)) {
            return Optional.of(new Parsed(name.equals(LOCK) ? Type.LOCK : Type.CURRENT, 0));
        }
        if (name.startsWith(MANIFEST_PREFIX)) {
            return parsed(Type.MANIFEST, name.substring(MANIFEST_PREFIX.length()));
        }
        int dot = name.indexOf('.');
        return dot < 0 ? Optional.empty() : switch (name.substring(dot)) {
            case ".sst" -> parsed(Type.TABLE, name.substring(0, dot));
            case ".wal" -> parsed(Type.WAL, name.substring(0, dot));
            case ".vlog" -> parsed(Type.VALUE_LOG, name.substring(0, dot));
            default -> Optional.empty();
        };
    }

    /** 6 to 18 digits. By hand, since it runs at each opening, which should not load the machinery of patterns. */
    private static Optional<Parsed> parsed(Type type, String digits) {
        if (digits.length() < 6 || digits.length() > 18) {
            return Optional.empty();
        }
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit < '0' || digit > '9') {
                return Optional.empty();
            }
            number = number * 10 + (digit - '0');
        }
        return Optional.of(new Parsed(type, number));
    }

    private static String numbered(long number) {
        String digits = Long.toString(number);
        return digits.length() >= 6 ? digits : "000000".substring(digits.length()) + digits;
    }
}
