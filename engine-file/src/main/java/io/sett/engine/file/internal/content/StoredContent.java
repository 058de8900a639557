// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.content;

import io.sett.api.file.ContentInfo;
import io.sett.api.file.FileInfo;
import java.util.Optional;

/**
 * The file of one content; its name tells hash and count.
 *
 * @param name full name of the file
 * @param hash SHA-256 in hexadecimal
 * @param size bytes of content
 * @param references how often it was put
 */
record StoredContent(String name, String hash, long size, long references) {

    private static final int HASH_LENGTH = 64;
    private static final int LONGEST_COUNT = 18;

    /** Whether a text is a hash as files are named by it. */
    static boolean isHash(String text) {
        return text.length() == HASH_LENGTH && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }

    static String directory(String hash) {
        return hash.substring(0, 2) + "/" + hash.substring(2, 4);
    }

    static String name(String hash, long references) {
        return directory(hash) + "/" + hash + "." + references;
    }

    /** What a file holds; empty when it was not written by a content store. */
    static Optional<StoredContent> of(FileInfo info) {
        String last = info.fileName();
        int dot = last.indexOf('.');
        if (dot != HASH_LENGTH || !isHash(last.substring(0, dot))) {
            return Optional.empty();
        }
        String count = last.substring(dot + 1);
        boolean number = !count.isEmpty() && count.length() <= LONGEST_COUNT && count.charAt(0) != '0'
                && count.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Optional.of(new StoredContent(info.name(), last.substring(0, dot), info.size(),
                Long.parseLong(count))) : Optional.empty();
    }

    ContentInfo info() {
        return new ContentInfo(hash, size, references);
    }
}
