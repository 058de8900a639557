// SPDX-License-Identifier: Apache-2.0
/** Engine {@code badger} (alias {@code lsm}): an ordered, transactional key-value store in pure Java. */
@org.jspecify.annotations.NullMarked
module io.sett.engine.lsm {
    requires transitive io.sett.spi;
    requires org.slf4j;
    requires static jdk.jfr;
    requires static org.jspecify;
    requires static org.lz4.java;
    requires static com.github.luben.zstd_jni;

    exports io.sett.engine.lsm;

    provides io.sett.spi.EngineProvider with io.sett.engine.lsm.internal.LsmEngineProvider;
}
