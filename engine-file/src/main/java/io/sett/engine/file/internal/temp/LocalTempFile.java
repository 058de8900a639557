// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.temp;

import io.sett.api.file.FileInput;
import io.sett.api.file.FileOutput;
import io.sett.api.file.TempFile;
import io.sett.api.file.TempFileInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A handle to a temporary file: its id and its store. */
record LocalTempFile(LocalTempStore store, String id) implements TempFile {

    @Override
    public TempFileInfo info() {
        return store.info(id, false);
    }

    @Override
    public FileInput openRead() {
        return store.openRead(id);
    }

    @Override
    public FileOutput openWrite() {
        return store.openWrite(id);
    }

    @Override
    public Optional<Path> path() {
        return Optional.of(store.path(id, false));
    }

    @Override
    public void setExpiration(Duration ttl) {
        store.setExpiration(id, ttl);
    }

    @Override
    public boolean remove() {
        return store.remove(id);
    }
}
