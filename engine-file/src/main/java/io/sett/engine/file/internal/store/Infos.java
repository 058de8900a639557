// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.store;

import io.sett.api.error.CorruptionException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.KeyNotFoundException;
import io.sett.api.file.FileInfo;
import io.sett.engine.file.internal.format.Footer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What the store knows of its files and directories. */
record Infos(FileSpace space) {

    static FileInfo of(String name, Footer footer) {
        return new FileInfo(name, footer.contentLength(), Instant.ofEpochMilli(footer.createdMillis()),
                Instant.ofEpochMilli(footer.modifiedMillis()), false, footer.sha256Hex());
    }

    static KeyNotFoundException absent(String name, String what) {
        return new KeyNotFoundException(ErrorCode.FILE_NOT_FOUND, "no " + what + " '" + name + "' in this store",
                Map.of("name", name));
    }

    /** Attributes without following links; empty when there is nothing. */
    static Optional<BasicFileAttributes> attributes(Path path) {
        return FileSpace.io("look up", path, () -> {
            try {
                return Optional.of(
                        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
            } catch (NoSuchFileException absent) {
                return Optional.empty();
            } catch (FileSystemException fileOnTheWay) {
                if (path.getParent() != null && Files.isRegularFile(path.getParent())) {
                    return Optional.empty();
                }
                throw fileOnTheWay;
            }
        });
    }

    FileInfo require(String name, Path path) {
        BasicFileAttributes attributes = attributes(path).orElseThrow(() -> absent(name, "file or directory"));
        return attributes.isDirectory() ? directory(name, attributes) : file(name, path, attributes);
    }

    /** The info of a file in a listing: one that is damaged is shown with its length and without checksum. */
    FileInfo listed(String name, Path path, BasicFileAttributes attributes) {
        try {
            return file(name, path, attributes);
        } catch (CorruptionException damaged) {
            return new FileInfo(name, attributes.size(), attributes.creationTime().toInstant(),
                    attributes.lastModifiedTime().toInstant(), false, Optional.empty());
        }
    }

    private FileInfo file(String name, Path path, BasicFileAttributes attributes) {
        Footer footer = space.index().find(path, attributes).orElseGet(() -> {
            Footer read = FileSpace.io("read", path, () -> space.footer(path));
            space.index().put(path, attributes, read);
            return read;
        });
        return of(name, footer);
    }

    static FileInfo directory(String name, BasicFileAttributes attributes) {
        return new FileInfo(name, 0, attributes.creationTime().toInstant(), attributes.lastModifiedTime().toInstant(),
                true, Optional.empty());
    }
}
