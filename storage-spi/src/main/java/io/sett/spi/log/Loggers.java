// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.log;

import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * SLF4J loggers, except that nothing is printed when the application has no SLF4J provider: SLF4J itself would then
 * complain on standard error at the first logger, and a library must not.
 */
public final class Loggers {

    private static final boolean BOUND = System.getProperty("slf4j.provider") != null
            || ServiceLoader.load(SLF4JServiceProvider.class, Loggers.class.getClassLoader()).iterator().hasNext();

    private Loggers() {
    }

    /** The logger of a class; one that logs nothing when there is no provider. */
    public static Logger of(Class<?> type) {
        return BOUND ? LoggerFactory.getLogger(type) : NOPLogger.NOP_LOGGER;
    }
}
