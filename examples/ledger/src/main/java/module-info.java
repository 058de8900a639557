// SPDX-License-Identifier: Apache-2.0
/**
 * An application that stores Bitcoin blocks with every kind of store. It knows the interfaces only; engines are found
 * at run time.
 */
module io.sett.examples.ledger {
    requires static org.jspecify;
    requires io.sett.api;
    requires io.sett.provider;
    requires java.logging;
    requires info.picocli;
    requires me.tongfei.progressbar;

    opens io.sett.examples.ledger to info.picocli;
}
