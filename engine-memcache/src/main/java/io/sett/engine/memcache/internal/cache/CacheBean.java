// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import io.sett.api.common.Metrics;
import io.sett.spi.log.Loggers;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;

/** The metrics of a cache as a JMX bean: counters and gauges are attributes. */
final class CacheBean implements DynamicMBean {

    private static final Logger LOG = Loggers.of(CacheBean.class);
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final Supplier<Metrics> metrics;

    private CacheBean(Supplier<Metrics> metrics) {
        this.metrics = metrics;
    }

    /** Shows a bean; run the answer to take it away. */
    static Runnable register(String store, Supplier<Metrics> metrics) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            String name = "io.sett:type=cache,name=" + ObjectName.quote(store);
            ObjectName registered;
            try {
                registered = server.registerMBean(new CacheBean(metrics), new ObjectName(name)).getObjectName();
            } catch (InstanceAlreadyExistsException another) {
                registered = server.registerMBean(new CacheBean(metrics),
                        new ObjectName(name + ",number=" + NUMBERS.incrementAndGet())).getObjectName();
            }
            ObjectName gone = registered;
            return () -> unregister(server, gone);
        } catch (JMException failed) {
            LOG.warn("the metrics of cache '{}' cannot be shown by JMX", store, failed);
            return () -> { };
        }
    }

    private static void unregister(MBeanServer server, ObjectName name) {
        try {
            server.unregisterMBean(name);
        } catch (InstanceNotFoundException takenAwayByOthers) {
            LOG.debug("the JMX bean {} was gone before its cache", name);
        } catch (JMException failed) {
            LOG.warn("the JMX bean {} cannot be taken away", name, failed);
        }
    }

    private Map<String, Number> values() {
        Metrics now = metrics.get();
        Map<String, Number> values = new TreeMap<>(now.counters());
        values.putAll(now.gauges());
        return values;
    }

    @Override
    public Object getAttribute(String attribute) throws AttributeNotFoundException {
        Number value = values().get(attribute);
        if (value == null) {
            throw new AttributeNotFoundException(attribute);
        }
        return value;
    }

    @Override
    public AttributeList getAttributes(String[] attributes) {
        Map<String, Number> values = values();
        AttributeList found = new AttributeList();
        for (String attribute : attributes) {
            if (values.containsKey(attribute)) {
                found.add(new Attribute(attribute, values.get(attribute)));
            }
        }
        return found;
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException(attribute.getName() + " can only be read");
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    @Override
    public Object invoke(String action, Object[] parameters, String[] signature) {
        throw new UnsupportedOperationException(action);
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        MBeanAttributeInfo[] infos = values().entrySet().stream()
                .map(value -> new MBeanAttributeInfo(value.getKey(), value.getValue().getClass().getName(),
                        value.getKey().replace('_', ' '), true, false, false))
                .toArray(MBeanAttributeInfo[]::new);
        return new MBeanInfo(CacheBean.class.getName(), "Numbers of a Sett cache", infos, null, null, null);
    }
}
