// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.control;

import io.sett.testkit.ConformanceTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs one test of a contract inside of a test and tells what came out. */
final class Trial implements TestExecutionListener {

    private final List<String> verdicts = new ArrayList<>();

    private Trial() {
    }

    /** Empty when the test passed, else why it failed. */
    static String verdict(Class<?> contract, String test) {
        Trial trial = new Trial();
        LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectMethod(contract.getName() + "#" + test))
                .configurationParameter(ConformanceTable.QUIET, "true").build(), trial);
        if (trial.verdicts.size() != 1) {
            throw new AssertionError("expected one run of " + test + ", there were " + trial.verdicts);
        }
        return trial.verdicts.get(0);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.getSource().filter(MethodSource.class::isInstance).isPresent()) {
            verdicts.add(result.getThrowable().map(Trial::text).orElse(""));
        }
    }

    private static String text(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            text.append(cause).append('\n');
            for (Throwable also : cause.getSuppressed()) {
                text.append("also ").append(also).append('\n');
            }
        }
        return text.toString();
    }
}
