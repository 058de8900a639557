// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.file;

import static io.sett.testkit.Bytes.bytes;
import static io.sett.testkit.Bytes.text;

import io.sett.api.file.FileInfo;
import io.sett.api.file.FileStore;
import io.sett.testkit.ContractTheme;
import java.util.List;
import java.util.stream.Stream;

/** Short forms that all themes of file stores use. */
public interface FileTheme extends ContractTheme<FileStore> {

    /** Saves a text. */
    default void save(String name, String content) {
        store().save(name, bytes(content));
    }

    /** Saves each name with itself as the content. */
    default void saveAll(String... names) {
        for (String name : names) {
            save(name, name);
        }
    }

    /** The content of a file as text. */
    default String load(String name) {
        return text(store().load(name));
    }

    /** All names of the store, sorted. */
    default List<String> names() {
        try (Stream<FileInfo> all = store().walk("", "")) {
            return all.map(FileInfo::name).sorted().toList();
        }
    }
}
