// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit;

import io.sett.api.common.Capability;
import io.sett.api.common.StoreKind;
import io.sett.spi.EngineProvider;
import io.sett.spi.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Writes down what a contract showed of an engine: for each theme how many tests passed and failed, which capabilities
 * the engine offers, which it lacks and refuses properly. The table goes to standard output at the end of the class
 * and to {@code target/conformance/<engine>-<kind>.txt} (the directory is set by {@code -Dsett.conformance.dir}).
 *
 * <p>Every {@link StoreContract} carries it; there is no need to register it.
 */
public final class ConformanceTable implements TestInstancePostProcessor, TestWatcher, AfterAllCallback {

    /** A configuration parameter of JUnit that switches the table off. */
    public static final String QUIET = "sett.conformance.quiet";

    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(ConformanceTable.class);

    /** For JUnit. */
    public ConformanceTable() {
    }

    private record Run(ConformanceReport report, StoreContract<?> contract) {
    }

    @Override
    public void postProcessTestInstance(Object instance, ExtensionContext context) {
        if (instance instanceof StoreContract<?> contract) {
            Run run = context.getStore(SPACE).computeIfAbsent(context.getRequiredTestClass(),
                    key -> new Run(new ConformanceReport(), contract), Run.class);
            contract.reportTo(run.report());
        }
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        report(context).passed(theme(context));
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        report(context).failed(theme(context), context.getDisplayName(), cause);
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        report(context).aborted(theme(context));
    }

    private static ConformanceReport report(ExtensionContext context) {
        Run run = context.getStore(SPACE).get(context.getRequiredTestClass(), Run.class);
        return run == null ? new ConformanceReport() : run.report();
    }

    private static String theme(ExtensionContext context) {
        Class<?> declaring = context.getRequiredTestMethod().getDeclaringClass();
        Theme theme = declaring.getAnnotation(Theme.class);
        return theme == null ? "engine's own" : theme.value();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        Run run = context.getStore(SPACE).get(context.getRequiredTestClass(), Run.class);
        if (run == null || context.getConfigurationParameter(QUIET).isPresent()) {
            return;
        }
        StoreContract<?> contract = run.contract();
        EngineProvider engine = contract.engine();
        StoreKind kind = Engines.kindOf(contract.type());
        String table = run.report().format(engine.id(), kind, contract.variant(), sorted(engine.capabilities(kind)),
                KindCapabilities.of(kind));
        System.out.print(table);
        Path directory = Path.of(System.getProperty("sett.conformance.dir", "target/conformance"));
        Files.createDirectories(directory);
        String variant = contract.variant().isEmpty() ? "" : "-" + contract.variant().replace(' ', '_');
        String name = engine.id() + "-" + kind.name().toLowerCase(Locale.ROOT) + variant + ".txt";
        Files.writeString(directory.resolve(name), table);
    }

    private static Set<Capability> sorted(Set<Capability> capabilities) {
        Set<Capability> sorted = EnumSet.noneOf(Capability.class);
        sorted.addAll(capabilities);
        return sorted;
    }
}
