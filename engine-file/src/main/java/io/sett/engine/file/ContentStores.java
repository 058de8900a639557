// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file;

import io.sett.api.file.ContentStore;
import io.sett.api.file.FileStore;
import io.sett.engine.file.internal.content.FileContents;

/**
 * Views of a file store, be it in a directory or in a key-value store, as content found by its hash.
 *
 * <pre>{@code
 * ContentStore contents = ContentStores.over(files, "blobs");
 * String hash = contents.put(bytes).sha256();
 * }</pre>
 */
public final class ContentStores {

    private ContentStores() {
    }

    /**
     * A view of one directory of a file store. Holds nothing open. Use one view of a directory at a time: writers of
     * one content take turns within a view.
     *
     * @param directory where the contents lie, made when it is missing; {@code ""}: the whole store
     */
    public static ContentStore over(FileStore files, String directory) {
        return FileContents.open(files, directory);
    }
}
