// SPDX-License-Identifier: Apache-2.0
module org.example.diskuse {
    requires io.sett.engine.lsm;
}
