// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Rights of new files and directories, set whatever the umask says; without effect where there are no POSIX rights.
 *
 * @param files of files
 * @param directories of directories
 */
public record Rights(Set<PosixFilePermission> files, Set<PosixFilePermission> directories) {

    /** From octal texts such as "0644" and "0755". */
    public static Rights parse(String files, String directories) {
        return new Rights(permissions(files), permissions(directories));
    }

    /** Whether the text is three octal digits, with or without a 0 before them. */
    public static boolean isOctal(String text) {
        return text.matches("0?[0-7]{3}");
    }

    private static Set<PosixFilePermission> permissions(String octal) {
        int bits = Integer.parseInt(octal, 8);
        StringBuilder text = new StringBuilder();
        for (int shift = 8; shift >= 0; shift--) {
            text.append((bits >> shift & 1) == 0 ? '-' : "xwr".charAt(shift % 3));
        }
        return PosixFilePermissions.fromString(text.toString());
    }

    void applyToFile(Path file) throws IOException {
        if (isPosix(file)) {
            Files.setPosixFilePermissions(file, files);
        }
    }

    void applyToDirectory(Path directory) throws IOException {
        if (isPosix(directory)) {
            Files.setPosixFilePermissions(directory, directories);
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
