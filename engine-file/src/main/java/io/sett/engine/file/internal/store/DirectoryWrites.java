// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.store;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.engine.file.internal.name.NameRules;
import io.sett.spi.Deadline;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/** Changes of directories. */
record DirectoryWrites(FileSpace space) {

    void make(String name) {
        Path path = space.locator().directory(name);
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new InvalidOperationException(ErrorCode.FILE_ALREADY_EXISTS,
                    "'" + name + "' is a file; choose another name for the directory", Map.of("name", name));
        }
        Placement.refuseExisting(name, path.resolve("x"), true);
        FileSpace.io("create directory", path, () -> {
            space.makeDirectories(path);
            return true;
        });
    }

    void delete(String name, boolean recursive, Deadline deadline) {
        if (name.isEmpty()) {
            throw NameRules.refused(name, "the root of the store cannot be deleted");
        }
        Path path = space.locator().directory(name);
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw Infos.absent(name, "directory");
        }
        FileSpace.io("delete directory", path, () -> {
            if (recursive) {
                deleteTree(path, deadline);
            } else {
                deleteEmpty(name, path);
            }
            FileSpace.forceName("delete", path);
            return true;
        });
    }

    /** File by file where somebody counts or watches them. */
    private void deleteTree(Path path, Deadline deadline) throws IOException {
        if (space.quota().isLimited() || space.watches().any()) {
            FileWrites files = new FileWrites(space);
            TreeWalk.files(path, () -> space.check("deleting", deadline))
                    .forEach(file -> files.delete(space.locator().name(file), deadline));
        }
        space.confinement().deleteTree(path);
    }

    private void deleteEmpty(String name, Path path) throws IOException {
        try {
            space.confinement().deleteDirectory(path);
        } catch (DirectoryNotEmptyException full) {
            throw new InvalidOperationException(ErrorCode.DIRECTORY_NOT_EMPTY, "directory '" + name
                    + "' has content; delete it recursively or empty it first", Map.of("name", name));
        }
    }
}
