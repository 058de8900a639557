// SPDX-License-Identifier: Apache-2.0
package io.sett.api.file;

import io.sett.api.common.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Temporary files and directories: each with an id that the store makes up, each with an end of its life, all bounded
 * by quotas on bytes and count. Nothing survives a restart of the store.
 *
 * <p><b>Threads.</b> Every method may be called by any number of threads. <b>Bytes.</b> As for {@link FileStore}.
 * <b>Errors.</b> See the package description. An id that is absent or has expired is {@code FILE_NOT_FOUND}; a full
 * quota is {@code QUOTA_EXCEEDED}, with nothing made, after files that had expired were removed. <b>Cost.</b> As for
 * files, without waiting for the device.
 *
 * <p>A time to live of {@link Duration#ZERO} means the default of the store; a negative one is refused with
 * {@code INVALID_TTL}.
 */
public interface TempStore extends Store {

    /** Makes an empty file with the default time to live. */
    default TempFile create(String prefix, String suffix) {
        return create(prefix, suffix, Duration.ZERO);
    }

    /**
     * Makes an empty file.
     *
     * @param prefix what the id begins with, may be empty; together with the suffix it must be a legal part of a name
     * @param suffix what the id ends with, may be empty
     */
    TempFile create(String prefix, String suffix, Duration ttl);

    /** Makes a file with content and the default time to live. */
    default TempFile create(String prefix, String suffix, byte[] content) {
        return create(prefix, suffix, content, Duration.ZERO);
    }

    /** Makes a file with content; nothing remains when the content cannot be written. */
    default TempFile create(String prefix, String suffix, byte[] content, Duration ttl) {
        return filled(create(prefix, suffix, ttl), out -> {
            out.write(content);
            return out.commit();
        });
    }

    /**
     * Makes a file with the content of a stream, which is read to its end and left open; nothing remains when that
     * fails.
     *
     * @throws UncheckedIOException when the stream fails
     */
    default TempFile create(String prefix, String suffix, InputStream content, Duration ttl) {
        return filled(create(prefix, suffix, ttl), out -> {
            try {
                content.transferTo(out);
            } catch (IOException failed) {
                throw new UncheckedIOException("Reading the content of a temporary file failed", failed);
            }
            return out.commit();
        });
    }

    /** Makes a file, hands it to a function, and removes it when the function ends, in whatever way. */
    default <T> T withFile(String prefix, String suffix, Function<? super TempFile, ? extends T> body) {
        TempFile file = create(prefix, suffix);
        try {
            return body.apply(file);
        } finally {
            file.remove();
        }
    }

    /** The file of an id; empty when there is none or it has expired. */
    Optional<TempFile> get(String id);

    /** Opens a file for reading; {@code FILE_NOT_FOUND} when it is absent. */
    FileInput openRead(String id);

    /** Opens a file for new content, visible from the commit on; {@code FILE_NOT_FOUND} when it is absent. */
    FileOutput openWrite(String id);

    /** Removes a file; tells whether there was one. Idempotent. */
    boolean remove(String id);

    /**
     * Makes a directory with the default time to live.
     *
     * @throws io.sett.api.error.UnsupportedFeatureException when the engine has no directories
     */
    default TempDir createDir(String prefix) {
        return createDir(prefix, "", Duration.ZERO);
    }

    /**
     * Makes a directory.
     *
     * @param prefix what the id begins with, may be empty; together with the suffix it must be a legal part of a name
     * @param suffix what the id ends with, may be empty
     * @throws io.sett.api.error.UnsupportedFeatureException when the engine has no directories
     */
    TempDir createDir(String prefix, String suffix, Duration ttl);

    /** Removes a directory with all in it; tells whether there was one. Idempotent. */
    boolean removeDir(String id);

    /** The files and directories whose id matches, without expired ones, sorted by id. Empty pattern: all. */
    List<TempFileInfo> list(String pattern);

    /** Removes now what has expired and tells how much that was. The store also does it by itself. */
    int cleanupExpired();

    /** Lets a file or directory live so long from now on; {@link Duration#ZERO}: as long as the default. */
    void setExpiration(String id, Duration ttl);

    /** How much is stored and how much more may be. */
    FileStoreUsage usage();

    /**
     * The same store with another time limit for each call through the returned view. Closing the view does not close
     * the store.
     *
     * @param timeout more than zero; otherwise {@code INVALID_ARGUMENT}
     */
    TempStore withTimeout(Duration timeout);

    private static TempFile filled(TempFile file, Function<FileOutput, FileInfo> body) {
        boolean complete = false;
        try (FileOutput out = file.openWrite()) {
            body.apply(out);
            complete = true;
            return file;
        } finally {
            if (!complete) {
                file.remove();
            }
        }
    }
}
