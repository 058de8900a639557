// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.history;

import io.sett.testkit.history.AppendTransaction.Append;
import io.sett.testkit.history.AppendTransaction.Outcome;
import io.sett.testkit.history.AppendTransaction.Read;
import io.sett.testkit.history.AppendTransaction.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds anomalies in one history. For one thread, used once. */
final class ListAppendChecker {

    /** A number in the list of a key. */
    private record Element(String key, long value) {
    }

    /** Who appended an element, and whether it was its last one to that list. */
    private record Writer(AppendTransaction transaction, boolean last) {
    }

    private final ListAppendHistory history;
    private final List<Anomaly> anomalies = new ArrayList<>();
    private final Map<Element, Writer> writers = new HashMap<>();
    private final Map<String, List<Long>> orders = new HashMap<>();

    ListAppendChecker(ListAppendHistory history) {
        this.history = history;
    }

    List<Anomaly> check() {
        history.transactions().forEach(this::collectWrites);
        findOrders();
        for (AppendTransaction transaction : history.transactions()) {
            if (transaction.outcome() == Outcome.COMMITTED) {
                checkInternal(transaction);
                transaction.steps().forEach(step -> checkRead(transaction, step));
            }
        }
        checkFinalState();
        anomalies.addAll(graph().cycles());
        return List.copyOf(anomalies);
    }

    private void found(Anomaly.Kind kind, String explanation) {
        anomalies.add(new Anomaly(kind, explanation));
    }

    private void collectWrites(AppendTransaction transaction) {
        Set<String> later = new HashSet<>();
        for (int i = transaction.steps().size() - 1; i >= 0; i--) {
            if (transaction.steps().get(i) instanceof Append append) {
                Writer other = writers.put(new Element(append.key(), append.value()),
                        new Writer(transaction, later.add(append.key())));
                if (other != null) {
                    throw new IllegalArgumentException("both " + transaction + " and " + other.transaction()
                            + " append " + append + "; each number may be appended once");
                }
            }
        }
    }

    // --- the order of the writes of each list ---

    private void findOrders() {
        history.finalState().forEach((key, values) -> orders.put(key, values));
        for (AppendTransaction transaction : history.transactions()) {
            for (Step step : transaction.steps()) {
                if (step instanceof Read read && transaction.outcome() == Outcome.COMMITTED) {
                    List<Long> seen = withoutOwn(transaction, read);
                    if (seen.size() > orders.getOrDefault(read.key(), List.of()).size()) {
                        orders.put(read.key(), seen);
                    }
                }
            }
        }
        orders.forEach((key, values) -> {
            Set<Long> distinct = new HashSet<>(values);
            values.stream().filter(value -> !writers.containsKey(new Element(key, value))).forEach(
                    value -> found(Anomaly.Kind.CORRUPT_LIST, "nobody appended " + value + " to " + key));
            if (distinct.size() < values.size()) {
                found(Anomaly.Kind.CORRUPT_LIST, "a number is twice in " + key + "=" + values);
            }
        });
    }

    /** What a read shows of others: the part before the reader's own appends. */
    private static List<Long> withoutOwn(AppendTransaction reader, Read read) {
        Set<Long> own = new HashSet<>();
        for (Step step : reader.steps()) {
            if (step instanceof Append append && append.key().equals(read.key())) {
                own.add(append.value());
            }
        }
        int end = read.values().size();
        while (end > 0 && own.contains(read.values().get(end - 1))) {
            end--;
        }
        return read.values().subList(0, end);
    }

    private void checkInternal(AppendTransaction transaction) {
        Map<String, List<Long>> expected = new HashMap<>();
        Map<String, List<Long>> appended = new HashMap<>();
        for (Step step : transaction.steps()) {
            if (step instanceof Append append) {
                appended.computeIfAbsent(append.key(), key -> new ArrayList<>()).add(append.value());
                if (expected.containsKey(append.key())) {
                    expected.get(append.key()).add(append.value());
                }
            } else if (step instanceof Read read) {
                List<Long> known = expected.get(read.key());
                List<Long> own = appended.getOrDefault(read.key(), List.of());
                boolean endsWithOwn = read.values().size() >= own.size()
                        && read.values().subList(read.values().size() - own.size(), read.values().size()).equals(own);
                if (!endsWithOwn) {
                    found(Anomaly.Kind.INTERNAL, transaction + " did not see what it had itself appended to "
                            + read.key());
                } else if (known != null && !known.equals(read.values())) {
                    found(Anomaly.Kind.G_SINGLE, transaction + " read " + read.key() + " twice and differently");
                }
                expected.put(read.key(), new ArrayList<>(read.values()));
            }
        }
    }

    private void checkRead(AppendTransaction reader, Step step) {
        if (!(step instanceof Read read)) {
            return;
        }
        List<Long> seen = withoutOwn(reader, read);
        List<Long> order = orders.getOrDefault(read.key(), List.of());
        if (seen.size() > order.size() || !order.subList(0, seen.size()).equals(seen)) {
            found(Anomaly.Kind.INCOMPATIBLE_ORDER, reader + " read " + read + ", another read says " + order);
        }
        for (int i = 0; i < seen.size(); i++) {
            Writer writer = writers.get(new Element(read.key(), seen.get(i)));
            if (writer == null) {
                found(Anomaly.Kind.CORRUPT_LIST, reader + " read " + seen.get(i) + ", which nobody appended");
            } else if (writer.transaction().outcome() == Outcome.ABORTED) {
                found(Anomaly.Kind.G1A, reader + " read " + seen.get(i) + " of " + writer.transaction());
            } else if (i == seen.size() - 1 && !writer.last() && writer.transaction() != reader) {
                found(Anomaly.Kind.G1B, reader + " read " + read + ", but " + writer.transaction() + " appended more");
            }
        }
    }

    private void checkFinalState() {
        writers.forEach((element, writer) -> {
            List<Long> end = history.finalState().get(element.key());
            boolean there = end != null && orders.get(element.key()).contains(element.value())
                    && end.contains(element.value());
            if (!there && end != null && writer.transaction().outcome() == Outcome.COMMITTED) {
                found(Anomaly.Kind.LOST_UPDATE, element.value() + " of " + writer.transaction()
                        + " is missing in the end: " + element.key() + "=" + end);
            } else if (there && writer.transaction().outcome() == Outcome.ABORTED) {
                found(Anomaly.Kind.G1A, element.value() + " of " + writer.transaction() + " is there in the end");
            }
        });
    }

    // --- dependencies ---

    private DependencyGraph graph() {
        DependencyGraph graph = new DependencyGraph(history.transactions());
        orders.forEach((key, values) -> {
            for (int i = 1; i < values.size(); i++) {
                edge(graph, new Element(key, values.get(i - 1)), new Element(key, values.get(i)));
            }
        });
        for (AppendTransaction reader : history.transactions()) {
            if (reader.outcome() == Outcome.COMMITTED) {
                for (Step step : reader.steps()) {
                    if (step instanceof Read read) {
                        readEdges(graph, reader, read);
                    }
                }
            }
        }
        return graph;
    }

    private void edge(DependencyGraph graph, Element before, Element after) {
        Writer first = writers.get(before);
        Writer second = writers.get(after);
        if (first != null && second != null) {
            graph.add(DependencyGraph.Type.WW, first.transaction(), second.transaction(), before.key() + ": "
                    + before.value() + " before " + after.value());
        }
    }

    private void readEdges(DependencyGraph graph, AppendTransaction reader, Read read) {
        List<Long> seen = withoutOwn(reader, read);
        List<Long> order = orders.getOrDefault(read.key(), List.of());
        if (!seen.isEmpty()) {
            Writer writer = writers.get(new Element(read.key(), seen.get(seen.size() - 1)));
            if (writer != null) {
                graph.add(DependencyGraph.Type.WR, writer.transaction(), reader, read.key() + ": wrote "
                        + seen.get(seen.size() - 1) + ", which was read");
            }
        }
        if (seen.size() < order.size() && order.subList(0, seen.size()).equals(seen)) {
            Writer next = writers.get(new Element(read.key(), order.get(seen.size())));
            if (next != null) {
                graph.add(DependencyGraph.Type.RW, reader, next.transaction(), read.key() + ": did not see "
                        + order.get(seen.size()));
            }
        }
    }
}
