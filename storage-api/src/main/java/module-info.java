// SPDX-License-Identifier: Apache-2.0
/**
 * The interfaces of Sett: key-value, cache, file, temporary-file and SQL stores, their options, statistics, events and
 * errors. Depends on nothing but the Java platform.
 */
@org.jspecify.annotations.NullMarked
module io.sett.api {
    requires static transitive org.jspecify;

    exports io.sett.api;
    exports io.sett.api.cache;
    exports io.sett.api.common;
    exports io.sett.api.error;
    exports io.sett.api.event;
    exports io.sett.api.file;
    exports io.sett.api.kv;
    exports io.sett.api.sql;
}
