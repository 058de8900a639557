// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.nio;

import io.sett.api.file.FileStore;
import io.sett.api.file.FileStoreUsage;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import org.jspecify.annotations.Nullable;

/** The room of a store as a volume. */
final class StoreVolume extends java.nio.file.FileStore {

    private final FileStore store;
    private final boolean readOnly;

    StoreVolume(FileStore store, boolean readOnly) {
        this.store = store;
        this.readOnly = readOnly;
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public String type() {
        return StoreFileSystemProvider.SCHEME;
    }

    @Override
    public boolean isReadOnly() {
        return readOnly;
    }

    @Override
    public long getTotalSpace() {
        FileStoreUsage usage = store.usage();
        return usage.bytes() + free(usage);
    }

    @Override
    public long getUsableSpace() {
        return free(store.usage());
    }

    @Override
    public long getUnallocatedSpace() {
        return getUsableSpace();
    }

    private static long free(FileStoreUsage usage) {
        long byQuota = Math.max(0, usage.maxBytes().orElse(Long.MAX_VALUE) - usage.bytes());
        long byDisk = usage.usableDiskBytes().orElse(Long.MAX_VALUE - usage.bytes());
        return Math.min(byQuota, byDisk);
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
        return switch (attribute) {
            case "totalSpace" -> getTotalSpace();
            case "usableSpace" -> getUsableSpace();
            case "unallocatedSpace" -> getUnallocatedSpace();
            default -> throw new UnsupportedOperationException("a file store has no attribute '" + attribute + "'");
        };
    }
}
