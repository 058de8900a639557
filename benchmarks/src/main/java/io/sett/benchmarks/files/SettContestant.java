// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.files;

import io.sett.api.file.FileInput;
import io.sett.api.file.FileStore;

/** A file store of this library. */
final class SettContestant implements Contestant {

    private final String name;
    private final FileStore store;

    SettContestant(String name, FileStore store) {
        this.name = name;
        this.store = store;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void save(String file, byte[] content) {
        store.save(file, content);
    }

    @Override
    public void saveStream(String file, byte[] piece, long pieces) {
        store.write(file, out -> {
            for (long i = 0; i < pieces; i++) {
                out.write(piece);
            }
        });
    }

    @Override
    public byte[] load(String file) {
        return store.load(file);
    }

    @Override
    public long readStream(String file) {
        byte[] piece = new byte[PIECE];
        long length = 0;
        try (FileInput in = store.openRead(file)) {
            for (int count; (count = in.read(piece)) >= 0;) {
                length += count;
            }
        }
        return length;
    }

    @Override
    public void close() {
        store.close();
    }
}
