// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.store;

import io.sett.api.error.CorruptionException;
import io.sett.engine.file.internal.format.ContentReader;
import io.sett.engine.file.internal.name.NameRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Opens a file for reading: asks the system for it at once, and only when that fails finds out why. */
record Opening(FileSpace space, String name) {

    StoredInput open(long offset, long length, Optional<Duration> timeout) {
        Path path = space.locator().unchecked(NameRules.file(name));
        ContentReader reader = FileSpace.io("open", path, () -> {
            try {
                return space.openContent(path);
            } catch (IOException | CorruptionException failed) {
                refuseWhatIsNoFile();
                throw failed;
            }
        });
        return new StoredInput(space, name, path, reader, offset, length, timeout);
    }

    /** A link on the way, a directory, or nothing. */
    private void refuseWhatIsNoFile() {
        Path path = space.locator().file(name);
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw Infos.absent(name, "file");
        }
    }
}
