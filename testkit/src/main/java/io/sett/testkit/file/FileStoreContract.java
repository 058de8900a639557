// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.file;

import io.sett.api.file.FileStore;
import io.sett.testkit.StoreContract;

/**
 * What every file store must do. Extend it and name the engine; run it once more with a quota and a file size limit of
 * at most 64 MiB in {@code settings()} where the engine has them.
 */
public abstract class FileStoreContract extends StoreContract<FileStore>
        implements FileBasicTheme, FileNameTheme, FileTreeTheme, FileStreamTheme, FileOperationsTheme,
        FileWatchTheme, FileModelTheme, FileSurvivalTheme {

    /** For engines. */
    protected FileStoreContract() {
        super(FileStore.class);
    }
}
