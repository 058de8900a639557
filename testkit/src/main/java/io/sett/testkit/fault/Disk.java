// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.fault;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The tree of files, the record of its changes, and what lets calls fail. Threads: any; one lock orders everything, so
 * the record is the order in which things happened.
 */
final class Disk {

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Change> record = new ArrayList<>();
    private final List<FaultPlan> plans = new ArrayList<>();
    private final Map<Node, String> handles = new java.util.IdentityHashMap<>();
    private Node root = Node.directory(DiskContent.ROOT);
    private DiskContent base = new DiskContent();
    private long nextId = 1;
    private long used;
    private long space = Long.MAX_VALUE;
    private int openHandles;

    // --- images ---

    /** Takes what is there as the state from which the record begins, everything of it on the device. */
    void settle() {
        lock.lock();
        try {
            base = new DiskContent();
            collect(root, base);
            record.clear();
        } finally {
            lock.unlock();
        }
    }

    private static void collect(Node directory, DiskContent into) {
        TreeMap<String, Long> names = into.directories().computeIfAbsent(directory.id(), id -> new TreeMap<>());
        directory.names().forEach((name, node) -> {
            names.put(name, node.id());
            if (node.isDirectory()) {
                collect(node, into);
            } else {
                into.files().put(node.id(), node.content());
            }
        });
    }

    /** Fills an empty disk. */
    void load(DiskContent content) {
        lock.lock();
        try {
            root = Node.directory(DiskContent.ROOT);
            fill(root, content, new java.util.HashMap<>());
        } finally {
            lock.unlock();
        }
        settle();
    }

    private void fill(Node directory, DiskContent content, Map<Long, Node> made) {
        content.directories().getOrDefault(directory.id(), new TreeMap<>()).forEach((name, id) -> {
            Node node = made.get(id);
            if (node == null) {
                byte[] bytes = content.files().get(id);
                node = bytes == null ? Node.directory(id) : Node.file(id);
                made.put(id, node);
                nextId = Math.max(nextId, id + 1);
                if (bytes == null) {
                    fill(node, content, made);
                } else {
                    node.content(bytes.clone(), bytes.length);
                    used += bytes.length;
                }
            }
            node.link(1);
            directory.names().put(name, node);
        });
    }

    DiskContent base() {
        lock.lock();
        try {
            return base.copy();
        } finally {
            lock.unlock();
        }
    }

    long changes() {
        lock.lock();
        try {
            return record.size();
        } finally {
            lock.unlock();
        }
    }

    Change change(long index) {
        lock.lock();
        try {
            return record.get((int) index);
        } finally {
            lock.unlock();
        }
    }

    // --- faults ---

    void plan(FaultPlan plan) {
        lock.lock();
        try {
            plans.add(plan);
        } finally {
            lock.unlock();
        }
    }

    void clearPlans() {
        lock.lock();
        try {
            plans.clear();
        } finally {
            lock.unlock();
        }
    }

    void limitSpace(long bytes) {
        lock.lock();
        try {
            space = bytes;
        } finally {
            lock.unlock();
        }
    }

    long space() {
        return space;
    }

    long used() {
        lock.lock();
        try {
            return used;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable FaultPlan failing(FileOperation operation, String file) {
        FaultPlan hit = null;
        for (FaultPlan plan : plans) {
            if (plan.next(operation, file) != null) {
                hit = plan;
            }
        }
        return hit;
    }

    private void check(FileOperation operation, String file) throws FileSystemException {
        FaultPlan plan = failing(operation, file);
        if (plan != null) {
            throw plan.fault().exception(file);
        }
    }

    // --- names ---

    @Nullable Node find(List<String> names) {
        lock.lock();
        try {
            Node at = root;
            for (String name : names) {
                at = at != null && at.isDirectory() ? at.names().get(name) : null;
            }
            return at;
        } finally {
            lock.unlock();
        }
    }

    private Node parent(List<String> names, String path) throws IOException {
        if (names.isEmpty()) {
            throw new FileSystemException(path, null, "the root cannot be changed");
        }
        Node parent = find(names.subList(0, names.size() - 1));
        if (parent == null) {
            throw new NoSuchFileException(path);
        }
        if (!parent.isDirectory()) {
            throw new NotDirectoryException(path);
        }
        return parent;
    }

    private static String last(List<String> names) {
        return names.get(names.size() - 1);
    }

    Node make(List<String> names, boolean directory, String path) throws IOException {
        lock.lock();
        try {
            Node parent = parent(names, path);
            if (parent.names().containsKey(last(names))) {
                throw new FileAlreadyExistsException(path);
            }
            check(FileOperation.CREATE, path);
            Node node = directory ? Node.directory(nextId++) : Node.file(nextId++);
            node.link(1);
            node.modified(Instant.now());
            parent.names().put(last(names), node);
            record.add(new Change.Link(parent.id(), last(names), node.id(), directory));
            return node;
        } finally {
            lock.unlock();
        }
    }

    void delete(List<String> names, String path) throws IOException {
        lock.lock();
        try {
            Node parent = parent(names, path);
            Node node = parent.names().get(last(names));
            if (node == null) {
                throw new NoSuchFileException(path);
            }
            if (node.isDirectory() && !node.names().isEmpty()) {
                throw new DirectoryNotEmptyException(path);
            }
            check(FileOperation.DELETE, path);
            parent.names().remove(last(names));
            record.add(new Change.Unlink(parent.id(), last(names), node.id()));
            drop(node);
        } finally {
            lock.unlock();
        }
    }

    void rename(List<String> from, List<String> to, boolean replaces, String path, String target)
            throws IOException {
        lock.lock();
        try {
            Node source = parent(from, path);
            Node node = source.names().get(last(from));
            if (node == null) {
                throw new NoSuchFileException(path);
            }
            Node parent = parent(to, target);
            Node there = parent.names().get(last(to));
            if (there == node) {
                return;
            }
            if (there != null && !replaces) {
                throw new FileAlreadyExistsException(target);
            }
            if (there != null && there.isDirectory() && !there.names().isEmpty()) {
                throw new DirectoryNotEmptyException(target);
            }
            check(FileOperation.RENAME, path);
            source.names().remove(last(from));
            parent.names().put(last(to), node);
            record.add(new Change.Rename(source.id(), last(from), parent.id(), last(to), node.id()));
            if (there != null) {
                drop(there);
            }
        } finally {
            lock.unlock();
        }
    }

    private void drop(Node node) {
        node.link(-1);
        reclaim(node);
    }

    private void reclaim(Node node) {
        if (node.isGone() && !node.isDirectory()) {
            used -= node.length();
            node.content(new byte[0], 0);
        }
    }

    List<String> list(Node directory) {
        lock.lock();
        try {
            return new ArrayList<>(directory.names().keySet());
        } finally {
            lock.unlock();
        }
    }

    NodeAttributes attributes(Node node) {
        lock.lock();
        try {
            return new NodeAttributes(node.id(), node.isDirectory(), node.length(),
                    FileTime.from(node.modified()));
        } finally {
            lock.unlock();
        }
    }

    void modified(Node node, Instant moment) {
        lock.lock();
        try {
            node.modified(moment);
        } finally {
            lock.unlock();
        }
    }

    // --- content ---

    void opened(Node node, String path) {
        lock.lock();
        try {
            node.handle(1);
            handles.put(node, path);
            openHandles++;
        } finally {
            lock.unlock();
        }
    }

    void closed(Node node) {
        lock.lock();
        try {
            node.handle(-1);
            openHandles--;
            if (node.handles() == 0) {
                handles.remove(node);
            }
            reclaim(node);
        } finally {
            lock.unlock();
        }
    }

    int openHandles() {
        lock.lock();
        try {
            return openHandles;
        } finally {
            lock.unlock();
        }
    }

    List<String> openFiles() {
        lock.lock();
        try {
            return handles.values().stream().sorted().toList();
        } finally {
            lock.unlock();
        }
    }

    byte[] read(Node node, long position, int count, String path) throws IOException {
        lock.lock();
        try {
            FaultPlan plan = failing(FileOperation.READ, path);
            if (plan != null) {
                throw plan.fault().exception();
            }
            return node.read(position, count);
        } finally {
            lock.unlock();
        }
    }

    /** Writes as much as there is room for and returns how much; {@code position < 0} means the end. */
    int write(Node node, long position, byte[] bytes, String path) throws IOException {
        lock.lock();
        try {
            long at = position < 0 ? node.length() : position;
            FaultPlan plan = failing(FileOperation.WRITE, path);
            if (plan != null) {
                if (plan.isTorn() && bytes.length > 1) {
                    put(node, at, java.util.Arrays.copyOf(bytes, bytes.length / 2));
                }
                throw plan.fault().exception();
            }
            long room = Math.max(0, space - used) + Math.max(0, node.length() - at);
            if (bytes.length > room) {
                if (room == 0) {
                    throw Fault.ENOSPC.exception();
                }
                put(node, at, java.util.Arrays.copyOf(bytes, (int) room));
                return (int) room;
            }
            put(node, at, bytes);
            return bytes.length;
        } finally {
            lock.unlock();
        }
    }

    private void put(Node node, long at, byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        int before = node.length();
        node.write(at, bytes);
        used += node.length() - before;
        node.modified(Instant.now());
        record.add(Change.Write.of(node.id(), at, bytes));
    }

    void truncate(Node node, long length, String path) throws IOException {
        lock.lock();
        try {
            FaultPlan plan = failing(FileOperation.TRUNCATE, path);
            if (plan != null) {
                throw plan.fault().exception();
            }
            if (length < node.length()) {
                used -= node.length() - length;
                node.truncate(length);
                record.add(new Change.Truncate(node.id(), length));
            }
        } finally {
            lock.unlock();
        }
    }

    void force(Node node, String path) throws IOException {
        lock.lock();
        try {
            FaultPlan plan = failing(node.isDirectory() ? FileOperation.FORCE_DIRECTORY : FileOperation.FORCE, path);
            if (plan != null) {
                if (!node.isDirectory()) {
                    record.add(new Change.Lost(node.id()));
                }
                throw plan.fault().exception();
            }
            record.add(node.isDirectory() ? new Change.ForceDirectory(node.id()) : new Change.Force(node.id()));
        } finally {
            lock.unlock();
        }
    }
}
