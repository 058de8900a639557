// SPDX-License-Identifier: Apache-2.0
module org.example.secondtreap {
    requires io.sett.spi;

    provides io.sett.spi.EngineProvider with org.example.secondtreap.SecondTreap;
}
