// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.kv;

import io.sett.api.common.KeyRange;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.file.FileInfo;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.Transaction;
import io.sett.engine.file.internal.name.NameRules;
import io.sett.spi.Deadline;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes of directories. */
record EntryDirectories(KeyValueSpace space) {

    /** Makes the missing directories on the way to a name; files on the way were refused before. */
    void makeAbove(Transaction transaction, String name) {
        long now = space.context().clock().millis();
        for (int slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
            String above = name.substring(0, slash);
            if (space.entry(transaction, above).isEmpty()) {
                transaction.put(space.keys().entry(above), FileEntry.directory(now).encode());
            }
        }
    }

    void make(String name) {
        if (name.isEmpty()) {
            return;
        }
        space.store().execute(transaction -> {
            Optional<FileEntry> known = space.entry(transaction, name);
            if (known.isPresent() && known.get().isDirectory()) {
                return;
            }
            new EntryWrites(space).refuseExisting(transaction, name, false);
            makeAbove(transaction, name);
            transaction.put(space.keys().entry(name),
                    FileEntry.directory(space.context().clock().millis()).encode());
        });
    }

    void require(String name) {
        boolean there = name.isEmpty()
                || space.entry(space.store(), name).filter(FileEntry::isDirectory).isPresent();
        if (!there) {
            throw EntryWrites.absent(name, "directory");
        }
    }

    void delete(String name, boolean recursive, Deadline deadline) {
        if (name.isEmpty()) {
            throw NameRules.refused(name, "the root of the store cannot be deleted");
        }
        require(name);
        boolean gone = deleteEmpty(name);
        while (!gone) {
            if (!recursive) {
                throw new InvalidOperationException(ErrorCode.DIRECTORY_NOT_EMPTY, "directory '" + name
                        + "' has content; delete it recursively or empty it first", Map.of("name", name));
            }
            List<FileInfo> content = EntryWalk.children(space, name, "");
            for (FileInfo child : content) {
                space.check("deleting", deadline);
                if (child.directory()) {
                    delete(child.name(), true, deadline);
                } else {
                    new EntryWrites(space).delete(child.name(), deadline);
                }
            }
            gone = deleteEmpty(name);
        }
    }

    /** Whether the directory was empty and is deleted; a file that somebody puts there meanwhile is a conflict. */
    private boolean deleteEmpty(String name) {
        return space.store().update(transaction -> {
            KeyRange children = KeyRange.prefix(space.keys().children(name, ""));
            try (Cursor cursor = transaction.cursor(CursorOptions.of(children).withKeysOnly(true))) {
                if (cursor.first()) {
                    return false;
                }
            }
            transaction.delete(space.keys().entry(name));
            return true;
        });
    }
}
