// SPDX-License-Identifier: Apache-2.0
/** The file store (id {@code file}) and the temporary store (id {@code temp}). */
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
