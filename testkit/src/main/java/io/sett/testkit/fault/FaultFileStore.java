// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.fault;

import java.nio.file.FileStore;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import org.jspecify.annotations.Nullable;

/** Tells the space of the file system. */
final class FaultFileStore extends FileStore {

    private final FaultFileSystem system;

    FaultFileStore(FaultFileSystem system) {
        this.system = system;
    }

    @Override
    public String name() {
        return "fault";
    }

    @Override
    public String type() {
        return "fault";
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public long getTotalSpace() {
        return system.space();
    }

    @Override
    public long getUsableSpace() {
        return Math.max(0, system.space() - system.usedSpace());
    }

    @Override
    public long getUnallocatedSpace() {
        return getUsableSpace();
    }

    @Override
    public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
        return type == BasicFileAttributeView.class;
    }

    @Override
    public boolean supportsFileAttributeView(String name) {
        return name.equals("basic");
    }

    @Override
    public <V extends FileStoreAttributeView> @Nullable V getFileStoreAttributeView(Class<V> type) {
        return null;
    }

    @Override
    public Object getAttribute(String attribute) {
        throw new UnsupportedOperationException("no attribute " + attribute);
    }
}
