// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.store;

import io.sett.api.file.FileChange;
import io.sett.api.file.FileInfo;
import io.sett.api.file.SaveOptions;
import io.sett.engine.file.internal.format.ContentReader;
import io.sett.engine.file.internal.format.Footer;
import io.sett.spi.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Changes of files. */
record FileWrites(FileSpace space) {

    StoredOutput openWrite(String name, SaveOptions options) {
        Path target = space.locator().file(name);
        Placement.refuseExisting(name, target, options.overwrite());
        return new StoredOutput(space, name, target, options);
    }

    FileInfo append(String name, byte[] content, Deadline deadline) {
        Path target = space.locator().file(name);
        return space.locks().with(name, deadline, () -> {
            SaveOptions options = SaveOptions.defaults();
            Placement.refuseExisting(name, target, true);
            try (StoredOutput out = new StoredOutput(space, name, target, options)) {
                if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                    copyContent(target, out, deadline);
                }
                out.write(content);
                return out.commit(deadline);
            }
        });
    }

    FileInfo copy(String source, String target, boolean overwrite, Deadline deadline) {
        Path from = requireFile(source);
        Path to = space.locator().file(target);
        if (from.equals(to)) {
            return new Infos(space).require(source, from);
        }
        SaveOptions options = SaveOptions.defaults().withOverwrite(overwrite);
        try (StoredOutput out = openWrite(target, options)) {
            copyContent(from, out, deadline);
            return out.commit(deadline);
        }
    }

    private void copyContent(Path from, StoredOutput out, Deadline deadline) {
        FileSpace.io("read", from, () -> {
            try (ContentReader reader = space.openContent(from)) {
                byte[] piece = new byte[Footer.CHUNK];
                long position = 0;
                for (int count; (count = reader.read(position, piece, 0, piece.length)) > 0; position += count) {
                    space.check("copying", deadline);
                    out.write(piece, 0, count);
                }
            }
            return true;
        });
    }

    FileInfo move(String source, String target, boolean overwrite, Deadline deadline) {
        Path from = requireFile(source);
        Path to = space.locator().file(target);
        if (from.equals(to)) {
            return new Infos(space).require(source, from);
        }
        return space.locks().with(source, target, deadline, () -> FileSpace.io("move", from, () -> {
            FileInfo moved = new Infos(space).listed(target, from, requireAttributes(source, from));
            Placement.refuseExisting(target, to, overwrite);
            boolean replaces = Files.exists(to, LinkOption.NOFOLLOW_LINKS);
            long replaced = replaces ? Footer.contentLength(Files.size(to)) : 0;
            space.makeDirectories(to.getParent());
            space.confinement().move(from, to);
            space.index().forget(from);
            space.index().forget(to);
            space.quota().change(target, replaces ? -1 : 0, -replaced);
            space.watches().tell(FileChange.Kind.DELETED, source);
            space.watches().tell(replaces ? FileChange.Kind.MODIFIED : FileChange.Kind.CREATED, target);
            FileSpace.forceName("move to", to);
            FileSpace.forceName("move from", from);
            return moved;
        }));
    }

    boolean delete(String name, Deadline deadline) {
        Path path = space.locator().file(name);
        return space.locks().with(name, deadline, () -> FileSpace.io("delete", path, () -> deleteFile(name, path)));
    }

    private boolean deleteFile(String name, Path path) throws IOException {
        Optional<Long> size = Infos.attributes(path).filter(attributes -> attributes.isRegularFile())
                .map(attributes -> attributes.size());
        if (size.isEmpty()) {
            return false;
        }
        space.confinement().delete(path);
        space.index().forget(path);
        space.quota().change(name, -1, -Footer.contentLength(size.get()));
        space.watches().tell(FileChange.Kind.DELETED, name);
        FileSpace.forceName("delete", path);
        return true;
    }

    private Path requireFile(String name) {
        Path path = space.locator().file(name);
        requireAttributes(name, path);
        return path;
    }

    private static BasicFileAttributes requireAttributes(String name, Path path) {
        return Infos.attributes(path).filter(BasicFileAttributes::isRegularFile)
                .orElseThrow(() -> Infos.absent(name, "file"));
    }
}
