// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.name;

import io.sett.engine.file.internal.io.IoErrors;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Finds the path of a name below a root, and refuses every name with a symbolic link on its way, so that nothing
 * outside the root can be reached. Immutable.
 */
public final class Locator {

    private final Path root;

    /** Names below this directory. */
    public Locator(Path root) {
        this.root = root;
    }

    /** The root. */
    public Path root() {
        return root;
    }

    /** The path of a file name. */
    public Path file(String name) {
        return locate(NameRules.file(name));
    }

    /** The path of a directory name; the root for the empty one. */
    public Path directory(String name) {
        return NameRules.directory(name).isEmpty() ? root : locate(name);
    }

    /** The name of a path below the root. */
    public String name(Path path) {
        Path relative = root.relativize(path);
        StringBuilder name = new StringBuilder();
        for (Path part : relative) {
            name.append(name.length() == 0 ? "" : "/").append(part);
        }
        return name.toString();
    }

    /** The path of a name that follows the rules, without looking for links on the way. */
    public Path unchecked(String name) {
        try {
            return root.resolve(name);
        } catch (InvalidPathException notHere) {
            throw NameRules.refused(name, "this file system cannot store it: " + notHere.getReason());
        }
    }

    private Path locate(String name) {
        Path whole = unchecked(name);
        Path at = root;
        boolean present = true;
        for (Path part : root.relativize(whole)) {
            at = at.resolve(part);
            present = present && refuseLink(name, at);
        }
        return whole;
    }

    private boolean refuseLink(String name, Path at) {
        try {
            if (Files.readAttributes(at, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isSymbolicLink()) {
                throw NameRules.refused(name, "'" + root.relativize(at) + "' is a symbolic link");
            }
            return true;
        } catch (NoSuchFileException absent) {
            return false;
        } catch (FileSystemException odd) {
            // A file where a directory would be needed, or a name too long for this file system: not there.
            return false;
        } catch (IOException failed) {
            throw IoErrors.failed("look up", at, failed);
        }
    }
}
