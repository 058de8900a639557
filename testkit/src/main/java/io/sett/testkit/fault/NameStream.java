// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.fault;

import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** The names of a directory as they were when it was asked. */
final class NameStream implements DirectoryStream<Path> {

    private final List<Path> paths;
    private boolean used;

    NameStream(List<Path> paths) {
        this.paths = paths;
    }

    @Override
    public Iterator<Path> iterator() {
        if (used) {
            throw new IllegalStateException("a directory stream has one iterator");
        }
        used = true;
        return paths.iterator();
    }

    @Override
    public void close() {
        used = true;
    }
}
