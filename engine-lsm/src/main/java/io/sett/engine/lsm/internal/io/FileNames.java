// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.io;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static final Pattern NUMBERED = Pattern.compile("([0-9]{6,18})\\.(sst|wal|vlog)");
    private static final Pattern MANIFEST = Pattern.compile("MANIFEST-([0-9]{6,18})");

    private FileNames() {
    }

    /** {@code 000001.sst}. */
    public static Path table(Path directory, long number) {
        return directory.resolve(numbered(number) + ".sst");
    }

    /** {@code 000001.wal}. */
    public static Path wal(Path directory, long number) {
        return directory.resolve(numbered(number) + ".wal");
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
        Matcher manifest = MANIFEST.matcher(name);
        if (manifest.matches()) {
            return Optional.of(new Parsed(Type.MANIFEST, Long.parseLong(manifest.group(1))));
        }
        Matcher numbered = NUMBERED.matcher(name);
        return numbered.matches() ? Optional.of(new Parsed(switch (numbered.group(2)) {
            case "sst" -> Type.TABLE;
            case "wal" -> Type.WAL;
            default -> Type.VALUE_LOG;
        }, Long.parseLong(numbered.group(1)))) : Optional.empty();
    }

    private static String numbered(long number) {
        return String.format(Locale.ROOT, "%06d", number);
    }
}
