// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.fault;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is on a disk at one moment: the bytes of each file and the names in each directory, by number; the root is
 * number 0. For one thread.
 */
final class DiskContent {

    /** Number of the root directory. */
    static final long ROOT = 0;

    private final Map<Long, byte[]> files = new HashMap<>();
    private final Map<Long, TreeMap<String, Long>> directories = new HashMap<>();

    DiskContent() {
        directories.put(ROOT, new TreeMap<>());
    }

    /** An independent copy; the bytes of files are shared, since they are never written in place. */
    DiskContent copy() {
        DiskContent copy = new DiskContent();
        copy.files.putAll(files);
        directories.forEach((id, names) -> copy.directories.put(id, new TreeMap<>(names)));
        return copy;
    }

    Map<Long, byte[]> files() {
        return files;
    }

    Map<Long, TreeMap<String, Long>> directories() {
        return directories;
    }

    /** Carries out a change of names, as far as it makes sense when others before it were lost. */
    void apply(Change.Naming change) {
        if (change instanceof Change.Link link) {
            if (link.isDirectory()) {
                directories.putIfAbsent(link.node(), new TreeMap<>());
            } else {
                files.putIfAbsent(link.node(), new byte[0]);
            }
            names(link.directory()).put(link.name(), link.node());
        } else if (change instanceof Change.Unlink unlink) {
            names(unlink.directory()).remove(unlink.name(), unlink.node());
        } else if (change instanceof Change.Rename rename) {
            names(rename.from()).remove(rename.oldName(), rename.node());
            names(rename.to()).put(rename.newName(), rename.node());
        }
    }

    private TreeMap<String, Long> names(long directory) {
        return directories.computeIfAbsent(directory, id -> new TreeMap<>());
    }
}
