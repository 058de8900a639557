// SPDX-License-Identifier: Apache-2.0
package io.sett.api.file;

import java.io.InputStream;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Content that is found by its own hash: what is put twice is kept once and counted twice, and goes away when it has
 * been removed as often as it was put.
 *
 * <pre>{@code
 * String hash = contents.put(bytes).sha256();
 * byte[] back = contents.get(hash).orElseThrow();
 * contents.remove(hash);
 * }</pre>
 *
 * <p><b>Threads.</b> Any number. <b>Crashes.</b> Content and count are one file of the store below, so both are always
 * right together: a put or remove has happened or has not. <b>Errors.</b> Those of the store below; a hash that is not
 * 64 hexadecimal digits is {@code INVALID_ARGUMENT}. <b>Cost.</b> As for a save of a new content; another reference to
 * a known content moves one name.
 */
public interface ContentStore {

    /** Adds a content, or a reference to it when it is known. */
    ContentInfo put(byte[] content);

    /**
     * Adds the content of a stream, which is read to its end and left open, in constant memory.
     *
     * @throws java.io.UncheckedIOException when the stream fails; nothing is stored
     */
    ContentInfo put(InputStream content);

    /** The content; empty when there is none of that hash. The array belongs to the caller. */
    Optional<byte[]> get(String sha256);

    /**
     * Opens the content for reading.
     *
     * @throws io.sett.api.error.KeyNotFoundException with {@code FILE_NOT_FOUND}
     */
    FileInput openRead(String sha256);

    /** Whether there is content of that hash. */
    boolean has(String sha256);

    /** Size and references; empty when there is none of that hash. */
    Optional<ContentInfo> info(String sha256);

    /** Gives one reference back, and deletes the content with the last one; tells whether there was one. */
    boolean remove(String sha256);

    /** All contents, found while the stream is consumed, in no order. Close the stream. */
    Stream<ContentInfo> list();
}
