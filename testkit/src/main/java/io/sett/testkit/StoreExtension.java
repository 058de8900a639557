// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit;

import io.sett.api.cache.CacheStore;
import io.sett.api.common.Store;
import io.sett.api.file.FileStore;
import io.sett.api.file.TempStore;
import io.sett.api.kv.KVStore;
import io.sett.api.sql.SQLStore;
import io.sett.spi.EngineProvider;
import io.sett.spi.Engines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Injects stores into tests: a parameter of type {@link KVStore}, {@link CacheStore}, {@link FileStore},
 * {@link TempStore} or {@link SQLStore} gets a new store of the engine that {@link Engine} names, in a directory of its
 * own. A parameter of type {@link TestClock}, {@link ManualScheduler} or {@link RecordingEvents} gets that of the first
 * store of the test.
 *
 * <p>After the test the stores are closed and their files removed. A cursor, transaction or stream that was left open
 * fails the test, with the stack that opened it.
 */
public final class StoreExtension implements ParameterResolver, AfterEachCallback {

    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(StoreExtension.class);
    private static final Set<Class<?>> STORES =
            Set.of(KVStore.class, CacheStore.class, FileStore.class, TempStore.class, SQLStore.class);
    private static final Set<Class<?>> TOOLS = Set.of(TestClock.class, ManualScheduler.class, RecordingEvents.class);

    /** For JUnit. */
    public StoreExtension() {
    }

    /** The fixtures of one test, by parameter. */
    private static final class Fixtures {

        private final Map<Integer, StoreFixture<? extends Store>> byParameter = new LinkedHashMap<>();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return STORES.contains(type) || TOOLS.contains(type);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Fixtures fixtures = fixtures(context);
        if (STORES.contains(parameter.getParameter().getType())) {
            return fixture(fixtures, parameter.getIndex(), parameter.getParameter(), context).store();
        }
        java.lang.reflect.Parameter[] all = parameter.getDeclaringExecutable().getParameters();
        for (int i = 0; i < all.length; i++) {
            if (STORES.contains(all[i].getType())) {
                return tool(parameter.getParameter().getType(), fixture(fixtures, i, all[i], context));
            }
        }
        throw new ParameterResolutionException("a " + parameter.getParameter().getType().getSimpleName()
                + " belongs to a store; add a parameter that is a store");
    }

    private static Object tool(Class<?> type, StoreFixture<?> fixture) {
        if (type == TestClock.class) {
            return fixture.clock();
        }
        return type == ManualScheduler.class ? fixture.scheduler() : fixture.events();
    }

    private static Fixtures fixtures(ExtensionContext context) {
        return context.getStore(SPACE).computeIfAbsent("fixtures", key -> new Fixtures(), Fixtures.class);
    }

    private static StoreFixture<?> fixture(Fixtures fixtures, int index, java.lang.reflect.Parameter parameter,
            ExtensionContext context) {
        return fixtures.byParameter.computeIfAbsent(index, key -> make(parameter, context));
    }

    private static StoreFixture<?> make(java.lang.reflect.Parameter parameter, ExtensionContext context) {
        Engine engine = AnnotationSupport.findAnnotation(parameter, Engine.class)
                .or(() -> AnnotationSupport.findAnnotation(context.getElement(), Engine.class))
                .or(() -> nearest(context))
                .orElseThrow(() -> new ParameterResolutionException("which engine? Annotate the parameter '"
                        + parameter.getName() + "', the method or the class with @Engine(\"…\")"));
        Class<? extends Store> type = parameter.getType().asSubclass(Store.class);
        EngineProvider provider = Engines.discover().require(engine.value(), Engines.kindOf(type));
        return new StoreFixture<>(type, EngineHarness.of(provider, settings(engine)));
    }

    private static Optional<Engine> nearest(ExtensionContext context) {
        for (Class<?> type = context.getRequiredTestClass(); type != null; type = type.getEnclosingClass()) {
            Optional<Engine> found = AnnotationSupport.findAnnotation(type, Engine.class);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Map<String, Object> settings(Engine engine) {
        Map<String, Object> settings = new LinkedHashMap<>();
        for (String setting : engine.settings()) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new ParameterResolutionException("a setting is written name=value, got '" + setting + "'");
            }
            settings.put(setting.substring(0, equals).strip(), setting.substring(equals + 1).strip());
        }
        return settings;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<AssertionError> problems = new ArrayList<>();
        for (StoreFixture<?> fixture : fixtures(context).byParameter.values()) {
            try {
                fixture.close();
            } catch (AssertionError problem) {
                problems.add(problem);
            }
        }
        if (!problems.isEmpty()) {
            AssertionError first = problems.get(0);
            problems.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }
}
