// SPDX-License-Identifier: Apache-2.0
module org.example.enginelist {
    requires io.sett.spi;
}
