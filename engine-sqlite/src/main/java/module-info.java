// SPDX-License-Identifier: Apache-2.0
/**
 * Engine {@code sqlite}: SQL stores, and key-value stores on a table.
 *
 * <p>The driver loads a native library when the first store is opened, never before. From Java 24 on the JVM warns
 * about
 * that; {@code --enable-native-access=org.xerial.sqlitejdbc} silences it.
 */
@org.jspecify.annotations.NullMarked
module io.sett.engine.sqlite {
    requires transitive io.sett.spi;
    requires java.sql;
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;
    requires com.zaxxer.hikari;
    requires static org.jspecify;

    exports io.sett.engine.sqlite;

    provides io.sett.spi.EngineProvider with io.sett.engine.sqlite.internal.SqliteEngineProvider;
}
