// SPDX-License-Identifier: Apache-2.0
package io.sett.jcache.internal;

import java.lang.management.ManagementFactory;
import java.net.URI;
import javax.cache.CacheException;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Registers the management beans of a cache under the names that the standard gives them. */
final class Beans {

    private final String manager;
    private final String cache;

    Beans(URI manager, String cache) {
        this.manager = clean(manager.toString());
        this.cache = clean(cache);
    }

    void showStatistics(Statistics statistics, boolean show) {
        set("CacheStatistics", statistics, show);
    }

    void showConfiguration(ConfigurationBean configuration, boolean show) {
        set("CacheConfiguration", configuration, show);
    }

    private void set(String type, Object bean, boolean show) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName name = new ObjectName("javax.cache:type=" + type + ",CacheManager=" + manager + ",Cache="
                    + cache);
            if (show) {
                server.registerMBean(bean, name);
            } else {
                server.unregisterMBean(name);
            }
        } catch (InstanceAlreadyExistsException | InstanceNotFoundException already) {
            // Switched on or off twice: it is as it shall be.
            return;
        } catch (JMException e) {
            throw new CacheException("the management bean " + type + " of cache '" + cache + "' of manager " + manager
                    + " cannot be " + (show ? "registered" : "removed") + ": " + e, e);
        }
    }

    /** Without what would end or quote a part of a name. */
    private static String clean(String text) {
        return text.replaceAll("[,:=\n\"*?]", ".");
    }
}
