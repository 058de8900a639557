// SPDX-License-Identifier: Apache-2.0
module org.example.configuredengine {
    requires io.sett.provider;
}
