// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs tests of a class inside of a test and tells what came out: by method name the failure, or the empty string. */
final class ContractRun implements TestExecutionListener {

    private final Map<String, String> results = new ConcurrentHashMap<>();

    private ContractRun() {
    }

    static Map<String, String> of(Class<?> contract, String... methods) {
        ContractRun run = new ContractRun();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Arrays.stream(methods)
                        .map(method -> DiscoverySelectors.selectMethod(contract.getName() + "#" + method)).toList())
                .configurationParameter(ConformanceTable.QUIET, "true").build();
        LauncherFactory.create().execute(request, run);
        return new TreeMap<>(run.results);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast)
                .ifPresent(source -> results.put(source.getMethodName(),
                        result.getThrowable().map(ContractRun::text).orElse("")));
    }

    private static String text(Throwable failure) {
        StringBuilder text = new StringBuilder(failure.toString());
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            text.append("\ncaused by ").append(cause);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            for (Throwable also : cause.getSuppressed()) {
                text.append("\nalso ").append(also).append(java.util.Arrays.toString(also.getStackTrace()));
            }
        }
        return text.toString();
    }
}
