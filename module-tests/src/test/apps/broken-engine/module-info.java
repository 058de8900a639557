// SPDX-License-Identifier: Apache-2.0
module org.example.brokenengine {
    requires io.sett.spi;

    provides io.sett.spi.EngineProvider with org.example.brokenengine.BrokenEngine;
}
