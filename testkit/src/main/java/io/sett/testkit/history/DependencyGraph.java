// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which transaction must come before which, and why. */
final class DependencyGraph {

    /** Why one comes before the other. */
    enum Type {
        /** It wrote before. */
        WW,
        /** It wrote what the other read. */
        WR,
        /** It read what the other overwrote. */
        RW
    }

    private record Edge(Type type, int from, int to, String reason) {
    }

    private final List<AppendTransaction> transactions;
    private final Map<AppendTransaction, Integer> numbers = new java.util.IdentityHashMap<>();
    private final List<List<Edge>> out = new ArrayList<>();

    DependencyGraph(List<AppendTransaction> transactions) {
        this.transactions = transactions;
        for (int i = 0; i < transactions.size(); i++) {
            numbers.put(transactions.get(i), i);
            out.add(new ArrayList<>(4));
        }
    }

    void add(Type type, AppendTransaction before, AppendTransaction after, String reason) {
        if (before != after) {
            int from = numbers.get(before);
            out.get(from).add(new Edge(type, from, numbers.get(after), reason));
        }
    }

    /** One cycle of each kind for each group of transactions that depend on each other in a circle. */
    List<Anomaly> cycles() {
        List<Anomaly> found = new ArrayList<>();
        for (Set<Integer> group : circles(EnumSet.allOf(Type.class))) {
            Map<Anomaly.Kind, Anomaly> kinds = new java.util.EnumMap<>(Anomaly.Kind.class);
            for (int from : group) {
                for (Edge edge : out.get(from)) {
                    if (group.contains(edge.to())) {
                        classify(edge, group, kinds);
                    }
                }
            }
            found.addAll(kinds.values());
        }
        return found;
    }

    private void classify(Edge edge, Set<Integer> group, Map<Anomaly.Kind, Anomaly> kinds) {
        switch (edge.type()) {
            case WW -> tryCycle(Anomaly.Kind.G0, edge, EnumSet.of(Type.WW), group, kinds);
            case WR -> tryCycle(Anomaly.Kind.G1C, edge, EnumSet.of(Type.WW, Type.WR), group, kinds);
            default -> {
                if (!tryCycle(Anomaly.Kind.G_SINGLE, edge, EnumSet.of(Type.WW, Type.WR), group, kinds)) {
                    tryCycle(Anomaly.Kind.G2, edge, EnumSet.allOf(Type.class), group, kinds);
                }
            }
        }
    }

    /** Whether the edge closes a cycle with a way back over these types; such a cycle is noted once for each kind. */
    private boolean tryCycle(Anomaly.Kind kind, Edge edge, Set<Type> back, Set<Integer> group,
            Map<Anomaly.Kind, Anomaly> kinds) {
        if (kinds.containsKey(kind) && kind != Anomaly.Kind.G_SINGLE) {
            return true;
        }
        List<Edge> way = path(edge.to(), edge.from(), back, group);
        if (way == null) {
            return false;
        }
        StringBuilder text = new StringBuilder().append(transactions.get(edge.from()));
        text.append(step(edge));
        way.forEach(next -> text.append(step(next)));
        kinds.putIfAbsent(kind, new Anomaly(kind, text.toString()));
        return true;
    }

    private String step(Edge edge) {
        return "\n    -" + edge.type() + "-> " + transactions.get(edge.to()) + " (" + edge.reason() + ")";
    }

    private @Nullable List<Edge> path(int from, int to, Set<Type> types, Set<Integer> group) {
        Map<Integer, Edge> reachedBy = new HashMap<>();
        Deque<Integer> queue = new ArrayDeque<>(List.of(from));
        while (!queue.isEmpty()) {
            int here = queue.remove();
            for (Edge edge : out.get(here)) {
                if (types.contains(edge.type()) && group.contains(edge.to()) && edge.to() != from
                        && reachedBy.putIfAbsent(edge.to(), edge) == null) {
                    if (edge.to() == to) {
                        return backtrack(from, to, reachedBy);
                    }
                    queue.add(edge.to());
                }
            }
        }
        return null;
    }

    private static List<Edge> backtrack(int from, int to, Map<Integer, Edge> reachedBy) {
        List<Edge> way = new ArrayList<>();
        for (int at = to; at != from; at = way.get(0).from()) {
            way.add(0, reachedBy.get(at));
        }
        return way;
    }

    /** Strongly connected components of more than one transaction (R. Tarjan, 1972), without recursion. */
    private List<Set<Integer>> circles(Set<Type> types) {
        int count = transactions.size();
        int[] index = new int[count];
        int[] low = new int[count];
        int[] next = new int[count];
        boolean[] onStack = new boolean[count];
        Deque<Integer> stack = new ArrayDeque<>();
        Deque<Integer> calls = new ArrayDeque<>();
        List<Set<Integer>> circles = new ArrayList<>();
        int counter = 0;
        for (int root = 0; root < count; root++) {
            if (index[root] != 0) {
                continue;
            }
            calls.push(root);
            while (!calls.isEmpty()) {
                int here = calls.peek();
                if (index[here] == 0) {
                    index[here] = low[here] = ++counter;
                    stack.push(here);
                    onStack[here] = true;
                }
                int child = nextChild(here, next, types);
                if (child >= 0) {
                    if (index[child] == 0) {
                        calls.push(child);
                    } else if (onStack[child]) {
                        low[here] = Math.min(low[here], index[child]);
                    }
                } else {
                    calls.pop();
                    if (!calls.isEmpty()) {
                        low[calls.peek()] = Math.min(low[calls.peek()], low[here]);
                    }
                    if (low[here] == index[here]) {
                        popCircle(here, stack, onStack, circles);
                    }
                }
            }
        }
        return circles;
    }

    private int nextChild(int node, int[] next, Set<Type> types) {
        List<Edge> edges = out.get(node);
        while (next[node] < edges.size()) {
            Edge edge = edges.get(next[node]++);
            if (types.contains(edge.type())) {
                return edge.to();
            }
        }
        return -1;
    }

    private static void popCircle(int root, Deque<Integer> stack, boolean[] onStack, List<Set<Integer>> circles) {
        Set<Integer> circle = new java.util.TreeSet<>();
        int member;
        do {
            member = stack.pop();
            onStack[member] = false;
            circle.add(member);
        } while (member != root);
        if (circle.size() > 1) {
            circles.add(circle);
        }
    }
}
