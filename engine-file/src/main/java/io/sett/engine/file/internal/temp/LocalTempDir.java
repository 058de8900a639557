// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.temp;

import io.sett.api.file.TempDir;
import io.sett.api.file.TempFileInfo;
import java.nio.file.Path;
import java.time.Duration;

/** A handle to a temporary directory. */
record LocalTempDir(LocalTempStore store, String id, Path path) implements TempDir {

    @Override
    public TempFileInfo info() {
        return store.info(id, true);
    }

    @Override
    public void setExpiration(Duration ttl) {
        store.setExpiration(id, ttl);
    }

    @Override
    public boolean remove() {
        return store.removeDir(id);
    }
}
