// SPDX-License-Identifier: Apache-2.0
/**
 * The file store (id {@code file}), the file store in a key-value store (id {@code kvfile}), the temporary store (id
 * {@code temp}), and views of file stores.
 */
@org.jspecify.annotations.NullMarked
module io.sett.engine.file {
    requires transitive io.sett.spi;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.sett.engine.file;

    provides io.sett.spi.EngineProvider
            with io.sett.engine.file.internal.FileEngineProvider,
            io.sett.engine.file.internal.KeyValueFileEngineProvider, io.sett.engine.file.internal.TempEngineProvider;
}
