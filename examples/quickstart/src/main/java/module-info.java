// SPDX-License-Identifier: Apache-2.0
/** The first put and get: the engine's jar, its SPI and its API, nothing else. */
module io.sett.examples.quickstart {
    requires io.sett.engine.lsm;
    requires static org.jspecify;
}
