// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.kv;

import io.sett.api.common.RetryPolicy;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.KeyNotFoundException;
import io.sett.api.error.StorageException;
import io.sett.api.file.FileChange;
import io.sett.api.file.FileInfo;
import io.sett.api.file.SaveOptions;
import io.sett.api.kv.KVReader;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.TransactionOptions;
import io.sett.spi.Deadline;
import io.sett.spi.log.Loggers;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;

/** Changes of files, each in one transaction. */
record EntryWrites(KeyValueSpace space) {

    private static final Logger LOG = Loggers.of(EntryWrites.class);

    /** The entry of a file; an absent name and a directory are an error. */
    static FileEntry requireFile(KeyValueSpace space, KVReader reader, String name) {
        return space.entry(reader, name).filter(entry -> !entry.isDirectory()).orElseThrow(() -> absent(name, "file"));
    }

    static KeyNotFoundException absent(String name, String what) {
        return new KeyNotFoundException(ErrorCode.FILE_NOT_FOUND, "no " + what + " '" + name + "' in this store",
                Map.of("name", name));
    }

    /** Does what may be left to the next open, and must not fail the caller. */
    static void quietly(KeyValueSpace space, String what, Runnable action) {
        boolean interrupted = Thread.interrupted();
        try {
            action.run();
        } catch (StorageException failed) {
            LOG.debug("file store '{}': {} is left for the next open to delete", space.context().name(), what, failed);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> T update(boolean sync, Function<Transaction, T> body) {
        return space.store().update(TransactionOptions.defaults(), RetryPolicy.defaults(), space.durability(sync),
                body);
    }

    /** Refuses early what a commit would refuse. */
    void refuseExisting(KVReader reader, String name, boolean overwrite) {
        Optional<FileEntry> entry = space.entry(reader, name);
        boolean directory = entry.isPresent() && entry.get().isDirectory();
        if (directory || !overwrite && entry.isPresent()) {
            throw new InvalidOperationException(ErrorCode.FILE_ALREADY_EXISTS, "'" + name + "' exists"
                    + (directory ? " and is a directory; choose another name"
                            : "; delete it first, or allow overwriting"), Map.of("name", name));
        }
        for (int slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
            String above = name.substring(0, slash);
            if (space.entry(reader, above).filter(found -> !found.isDirectory()).isPresent()) {
                throw new InvalidOperationException(ErrorCode.FILE_ALREADY_EXISTS, "'" + above + "' on the way to '"
                        + name + "' is a file, not a directory; choose another name", Map.of("name", name));
            }
        }
    }

    /** Gives a name its new content; an old one is deleted when nobody reads it. */
    FileInfo publish(String name, FileEntry entry, SaveOptions options, Deadline deadline) {
        return space.locks().with(name, deadline, () -> {
            Optional<FileEntry> known = space.entry(space.store(), name);
            long moreFiles = known.isPresent() ? 0 : 1;
            long moreBytes = entry.length() - known.map(FileEntry::length).orElse(0L);
            space.quota().change(name, moreFiles, moreBytes);
            boolean done = false;
            try {
                FileEntry stored = update(options.sync(), transaction -> place(transaction, name, entry, options));
                done = true;
                known.ifPresent(this::discard);
                space.watches().tell(known.isPresent() ? FileChange.Kind.MODIFIED : FileChange.Kind.CREATED, name);
                return stored.info(name);
            } finally {
                if (!done) {
                    space.quota().change(name, -moreFiles, -moreBytes);
                }
            }
        });
    }

    private FileEntry place(Transaction transaction, String name, FileEntry entry, SaveOptions options) {
        refuseExisting(transaction, name, options.overwrite());
        Optional<FileEntry> before = space.entry(transaction, name);
        new EntryDirectories(space).makeAbove(transaction, name);
        FileEntry stored = before.map(old -> entry.withCreated(old.createdMillis())).orElse(entry);
        transaction.put(space.keys().entry(name), stored.encode());
        if (stored.isChunked()) {
            transaction.delete(space.keys().unowned(stored.content()));
        }
        before.ifPresent(old -> disown(transaction, old));
        return stored;
    }

    private void disown(Transaction transaction, FileEntry old) {
        if (old.isChunked()) {
            transaction.put(space.keys().unowned(old.content()), new byte[0]);
        }
    }

    private void discard(FileEntry old) {
        if (old.isChunked()) {
            quietly(space, "replaced content", () -> space.contents().discard(old.content()));
        }
    }

    ChunkOutput openWrite(String name, SaveOptions options) {
        refuseExisting(space.store(), name, options.overwrite());
        return new ChunkOutput(space, name, options);
    }

    FileInfo append(String name, byte[] content, Deadline deadline) {
        return space.locks().with(name, deadline, () -> {
            try (ChunkOutput out = openWrite(name, SaveOptions.defaults())) {
                if (space.entry(space.store(), name).isPresent()) {
                    copyContent(name, out, deadline);
                }
                out.write(content);
                return out.commit(deadline);
            }
        });
    }

    FileInfo copy(String source, String target, boolean overwrite, Deadline deadline) {
        FileEntry entry = requireFile(space, space.store(), source);
        if (source.equals(target)) {
            return entry.info(source);
        }
        try (ChunkOutput out = openWrite(target, SaveOptions.defaults().withOverwrite(overwrite))) {
            copyContent(source, out, deadline);
            return out.commit(deadline);
        }
    }

    private void copyContent(String source, ChunkOutput out, Deadline deadline) {
        try (ChunkInput in = ChunkInput.open(space, source, 0, Long.MAX_VALUE, Optional.empty())) {
            byte[] piece = new byte[(int) Math.min(in.remaining() + 1, space.header().chunkSize())];
            for (int count; (count = in.read(piece, 0, piece.length)) >= 0;) {
                space.check("copying", deadline);
                out.write(piece, 0, count);
            }
        }
    }

    FileInfo move(String source, String target, boolean overwrite, Deadline deadline) {
        FileEntry known = requireFile(space, space.store(), source);
        if (source.equals(target)) {
            return known.info(source);
        }
        return space.locks().with(source, target, deadline, () -> {
            Optional<FileEntry> replaced = space.entry(space.store(), target);
            FileEntry moved = update(true, transaction -> {
                FileEntry entry = requireFile(space, transaction, source);
                refuseExisting(transaction, target, overwrite);
                new EntryDirectories(space).makeAbove(transaction, target);
                transaction.put(space.keys().entry(target), entry.encode());
                transaction.delete(space.keys().entry(source));
                replaced.ifPresent(old -> disown(transaction, old));
                return entry;
            });
            replaced.ifPresent(old -> {
                discard(old);
                space.quota().change(target, -1, -old.length());
            });
            space.watches().tell(FileChange.Kind.DELETED, source);
            space.watches().tell(replaced.isPresent() ? FileChange.Kind.MODIFIED : FileChange.Kind.CREATED, target);
            return moved.info(target);
        });
    }

    boolean delete(String name, Deadline deadline) {
        return space.locks().with(name, deadline, () -> {
            Optional<FileEntry> known = update(true, transaction -> {
                Optional<FileEntry> entry = space.entry(transaction, name).filter(found -> !found.isDirectory());
                entry.ifPresent(old -> {
                    transaction.delete(space.keys().entry(name));
                    disown(transaction, old);
                });
                return entry;
            });
            known.ifPresent(old -> {
                discard(old);
                space.quota().change(name, -1, -old.length());
                space.watches().tell(FileChange.Kind.DELETED, name);
            });
            return known.isPresent();
        });
    }
}
