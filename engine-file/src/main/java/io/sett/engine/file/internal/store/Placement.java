// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.store;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.StorageException;
import io.sett.api.file.FileChange;
import io.sett.api.file.FileInfo;
import io.sett.api.file.SaveOptions;
import io.sett.engine.file.internal.format.ContentWriter;
import io.sett.engine.file.internal.format.Footer;
import io.sett.engine.file.internal.io.NewFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** Puts a finished new file in its place; the caller holds the lock of the name. */
record Placement(FileSpace space, String name, Path target, SaveOptions options) {

    private static final int TRIES = 10;

    FileInfo place(NewFile file, ContentWriter writer, Consumer<Footer> check) {
        return FileSpace.io("place", target, () -> {
            space.locator().file(name);
            refuseExisting(name, target, options.overwrite());
            boolean replaces = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
            long now = space.context().clock().millis();
            Footer footer = writer.finish(replaces ? createdOf(target, now) : now, now);
            check.accept(footer);
            long before = replaces ? Footer.contentLength(Files.size(target)) : 0;
            space.quota().change(name, replaces ? 0 : 1, footer.contentLength() - before);
            boolean placed = false;
            try {
                move(file);
                placed = true;
            } finally {
                if (!placed) {
                    space.quota().change(name, replaces ? 0 : -1, before - footer.contentLength());
                }
            }
            space.watches().tell(replaces ? FileChange.Kind.MODIFIED : FileChange.Kind.CREATED, name);
            if (options.sync()) {
                FileSpace.forceName("place", target);
            }
            return Infos.of(name, footer);
        });
    }

    private void move(NewFile file) throws IOException {
        if (options.sync()) {
            file.force();
        }
        place(file, target.getParent(), TRIES);
        space.index().forget(target);
    }

    /** Somebody may delete the directory, empty as it is, between its making and the move. */
    private void place(NewFile file, Path directory, int tries) throws IOException {
        space.makeDirectories(directory);
        try {
            file.moveTo(target, space.confinement());
        } catch (NoSuchFileException vanished) {
            if (tries == 1) {
                throw vanished;
            }
            place(file, directory, tries - 1);
        }
    }

    /** When the name was first written; a damaged predecessor counts as none. */
    private long createdOf(Path target, long now) throws IOException {
        try {
            return space.footer(target).createdMillis();
        } catch (StorageException damaged) {
            return now;
        }
    }

    static void refuseExisting(String name, Path target, boolean overwrite) {
        boolean directory = Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS);
        if (directory || !overwrite && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new InvalidOperationException(ErrorCode.FILE_ALREADY_EXISTS, "'" + name + "' exists"
                    + (directory ? " and is a directory; choose another name"
                            : "; delete it first, or allow overwriting"), Map.of("name", name));
        }
        Path above = target.getParent();
        while (above != null && !Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.exists(above, LinkOption.NOFOLLOW_LINKS)) {
                throw new InvalidOperationException(ErrorCode.FILE_ALREADY_EXISTS, "'" + above.getFileName()
                        + "' on the way to '" + name + "' is a file, not a directory; choose another name",
                        Map.of("name", name));
            }
            above = above.getParent();
        }
    }
}
