// SPDX-License-Identifier: Apache-2.0
/**
 * Proves that an engine keeps what the interfaces promise: contracts for every kind of store, random histories against
 * models, history checkers, a clock and a scheduler that tests turn.
 */
@org.jspecify.annotations.NullMarked
module io.sett.testkit {
    requires transitive io.sett.api;
    requires transitive io.sett.spi;
    requires transitive org.junit.jupiter.api;
    requires org.assertj.core;
    requires static org.jspecify;

    exports io.sett.testkit;
    exports io.sett.testkit.cache;
    exports io.sett.testkit.fault;
    exports io.sett.testkit.file;
    exports io.sett.testkit.history;
    exports io.sett.testkit.kv;
    exports io.sett.testkit.model;
    exports io.sett.testkit.sql;
    exports io.sett.testkit.survival;
}
