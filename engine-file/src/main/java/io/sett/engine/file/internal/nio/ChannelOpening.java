// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.nio;

import io.sett.api.file.FileInfo;
import io.sett.api.file.FileInput;
import io.sett.api.file.FileOutput;
import io.sett.api.file.FileStore;
import io.sett.api.file.SaveOptions;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * Opens a file with the options of {@link java.nio.file.Files#newByteChannel}.
 *
 * @param path what to open
 * @param options how
 */
record ChannelOpening(StorePath path, Set<? extends OpenOption> options) {

    private static final int PIECE = 1 << 16;

    SeekableByteChannel open() throws IOException {
        boolean append = options.contains(StandardOpenOption.APPEND);
        boolean write = append || options.contains(StandardOpenOption.WRITE);
        if (options.contains(StandardOpenOption.DELETE_ON_CLOSE)
                || write && options.contains(StandardOpenOption.READ)) {
            throw new UnsupportedOperationException("files of a store are opened for reading or for writing, and are "
                    + "deleted by name only, asked for was " + options);
        }
        return write ? write(append) : read();
    }

    private SeekableByteChannel read() throws IOException {
        FileStore store = path.getFileSystem().store();
        if (StoreFileSystemProvider.info(path).directory()) {
            throw new FileSystemException(path.toString(), null, "it is a directory");
        }
        FileInput input = Translation.call(path, () -> store.openRead(path.storeName()));
        return new ReadChannel(path, input.asChannel());
    }

    private SeekableByteChannel write(boolean append) throws IOException {
        FileStore store = path.getFileSystem().writableStore();
        Optional<FileInfo> known = known();
        boolean onlyNew = options.contains(StandardOpenOption.CREATE_NEW);
        if (known.isPresent() && onlyNew) {
            throw new FileAlreadyExistsException(path.toString());
        }
        if (known.isEmpty() && !onlyNew && !options.contains(StandardOpenOption.CREATE)) {
            throw new NoSuchFileException(path.toString());
        }
        boolean keeps = known.isPresent() && known.get().size() > 0
                && !options.contains(StandardOpenOption.TRUNCATE_EXISTING);
        if (keeps && !append) {
            throw new UnsupportedOperationException("the content of '" + path + "' can be replaced or appended to, not "
                    + "changed in the middle; add TRUNCATE_EXISTING or APPEND");
        }
        StoreFileSystemProvider.requireParent(path);
        SaveOptions save = SaveOptions.defaults().withOverwrite(!onlyNew);
        FileOutput output = Translation.call(path, () -> store.openWrite(path.storeName(), save));
        boolean fine = false;
        try {
            if (keeps) {
                Translation.run(path, () -> copyContent(store, output));
            }
            fine = true;
            return new WriteChannel(path, output);
        } finally {
            if (!fine) {
                output.close();
            }
        }
    }

    private Optional<FileInfo> known() throws IOException {
        try {
            return Optional.of(StoreFileSystemProvider.info(path));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    private void copyContent(FileStore store, FileOutput output) {
        try (FileInput input = store.openRead(path.storeName())) {
            byte[] piece = new byte[PIECE];
            for (int count; (count = input.read(piece, 0, piece.length)) >= 0;) {
                output.write(piece, 0, count);
            }
        }
    }
}
