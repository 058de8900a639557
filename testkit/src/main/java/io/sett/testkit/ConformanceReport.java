// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit;

import io.sett.api.common.Capability;
import io.sett.api.common.StoreKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** What a run of one contract on one engine showed. Safe for many threads. */
final class ConformanceReport {

    private record Count(int passed, int failed, int aborted) {

        Count plus(Count other) {
            return new Count(passed + other.passed, failed + other.failed, aborted + other.aborted);
        }
    }

    static final Count PASSED = new Count(1, 0, 0);
    static final Count FAILED = new Count(0, 1, 0);
    static final Count ABORTED = new Count(0, 0, 1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Count> themes = new LinkedHashMap<>();
    private final Map<String, String> failures = new LinkedHashMap<>();
    private final Set<Capability> refused = EnumSet.noneOf(Capability.class);

    void passed(String theme) {
        add(theme, PASSED);
    }

    void failed(String theme, String test, Throwable reason) {
        add(theme, FAILED);
        lock.lock();
        try {
            failures.put(theme + ": " + test, firstLine(reason));
        } finally {
            lock.unlock();
        }
    }

    void aborted(String theme) {
        add(theme, ABORTED);
    }

    void refused(Capability capability) {
        lock.lock();
        try {
            refused.add(capability);
        } finally {
            lock.unlock();
        }
    }

    private void add(String theme, Count count) {
        lock.lock();
        try {
            themes.merge(theme, count, Count::plus);
        } finally {
            lock.unlock();
        }
    }

    private static String firstLine(Throwable reason) {
        String text = reason.toString().strip();
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    /** The table, with the capabilities that matter for the kind. */
    String format(String engine, StoreKind kind, String variant, Set<Capability> declared, Set<Capability> relevant) {
        lock.lock();
        try {
            StringBuilder text = new StringBuilder();
            text.append("Conformance of engine '").append(engine).append("' as ").append(kind.label())
                    .append(variant.isEmpty() ? "" : " (" + variant + ")").append('\n');
            Count all = new Count(0, 0, 0);
            for (Map.Entry<String, Count> theme : new java.util.TreeMap<>(themes).entrySet()) {
                all = all.plus(theme.getValue());
                line(text, theme.getKey(), theme.getValue());
            }
            line(text, "all", all);
            capabilities(text, declared, relevant);
            failures.forEach((test, reason) -> text.append("  failed ").append(test).append("\n         ")
                    .append(reason).append('\n'));
            return text.toString();
        } finally {
            lock.unlock();
        }
    }

    private static void line(StringBuilder text, String theme, Count count) {
        text.append(String.format("  %-16s %4d passed  %4d failed%s   %s%n", theme, count.passed, count.failed,
                count.aborted == 0 ? "" : "  " + count.aborted + " not run",
                count.failed + count.aborted == 0 ? "ok" : "NOT OK"));
    }

    private void capabilities(StringBuilder text, Set<Capability> declared, Set<Capability> relevant) {
        List<Capability> missing = new ArrayList<>();
        List<Capability> refusedProperly = new ArrayList<>();
        for (Capability capability : relevant) {
            if (!declared.contains(capability)) {
                (refused.contains(capability) ? refusedProperly : missing).add(capability);
            }
        }
        text.append("  offers                    ").append(declared).append('\n');
        text.append("  lacks, refused properly   ").append(refusedProperly).append('\n');
        text.append("  lacks, nothing to refuse  ").append(missing).append('\n');
    }
}
