// SPDX-License-Identifier: Apache-2.0
package io.sett.provider;

import io.sett.api.common.Health;
import io.sett.api.common.Limits;
import io.sett.api.common.Metrics;
import io.sett.api.common.Store;
import io.sett.provider.internal.store.StoreTypes;
import io.sett.spi.EngineContext;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A store of {@link ProbeEngine}: opens, closes, has numbers and health, and no data. */
public final class ProbeStore {

    private final ProbeEngine engine;
    private final EngineContext context;
    private final AtomicInteger closings = new AtomicInteger();

    ProbeStore(ProbeEngine engine, EngineContext context) {
        this.engine = engine;
        this.context = context;
    }

    public EngineContext context() {
        return context;
    }

    public int closings() {
        return closings.get();
    }

    Store proxy() {
        Class<? extends Store> type = StoreTypes.of(context.kind());
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> answer(proxy, method, arguments)));
    }

    private Object answer(Object proxy, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "name" -> context.name();
            case "engine" -> engine.id();
            case "kind" -> context.kind();
            case "capabilities" -> Set.of();
            case "limits" -> Limits.NONE;
            case "health" -> closings.get() == 0 ? Health.up() : Health.down("closed");
            case "metrics" -> new Metrics(Map.of("opened_total", 1L), Map.of(), Map.of());
            case "isOpen" -> closings.get() == 0;
            case "unwrap" -> this;
            case "close" -> close();
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            case "toString" -> "probe " + context.name();
            default -> throw new UnsupportedOperationException(method.getName());
        };
    }

    private Object close() {
        if (closings.getAndIncrement() == 0) {
            engine.closedNames.add(context.name());
            engine.whenClosing.accept(this);
        }
        return null;
    }
}
