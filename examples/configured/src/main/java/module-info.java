// SPDX-License-Identifier: Apache-2.0
/**
 * Stores chosen by configuration. The module knows the interfaces and the provider; engines are found at run time.
 */
module io.sett.examples.configured {
    requires io.sett.provider;
    requires static org.jspecify;

    // Only for WithGuice: its classes are made by Guice.
    requires com.google.guice;
    requires jakarta.inject;

    opens io.sett.examples.configured to com.google.guice;
}
