// SPDX-License-Identifier: Apache-2.0
package io.sett.api.file;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A handle to one temporary file. It holds nothing open and may be used by any thread; when the file has
 * been removed or has expired, every method but {@link #id} and {@link #remove} throws
 * {@link io.sett.api.error.KeyNotFoundException} with {@code FILE_NOT_FOUND}.
 */
public interface TempFile {

    /** The id under which the store knows the file. */
    String id();

    /** Size and times as they are now. */
    TempFileInfo info();

    /** Opens the content for reading; a file that expires or is removed meanwhile can still be read to its end. */
    FileInput openRead();

    /** Opens the file for new content, visible from the commit on. */
    FileOutput openWrite();

    /** The whole content; the array belongs to the caller. */
    default byte[] load() {
        try (FileInput in = openRead()) {
            return in.readAllBytes();
        }
    }

    /** Replaces the whole content. */
    default void save(byte[] content) {
        try (FileOutput out = openWrite()) {
            out.write(content);
            out.commit();
        }
    }

    /**
     * Where the plain content lies in the file system, to hand it to other programs; empty where the engine keeps it
     * elsewhere or in another form. What is written there directly escapes quota and checks.
     */
    Optional<Path> path();

    /** Lets the file live so long from now on; {@link Duration#ZERO}: as long as the store's default. */
    void setExpiration(Duration ttl);

    /** Removes the file; tells whether it was still there. Idempotent. */
    boolean remove();
}
