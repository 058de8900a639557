// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.nio;

import io.sett.api.file.FileInfo;
import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The basic attributes of a file or directory.
 *
 * @param info what the store knows
 */
record StoreAttributes(FileInfo info) implements BasicFileAttributes {

    /** The view of a path's attributes; times are the store's own and setting them does nothing. */
    record View(StorePath path) implements BasicFileAttributeView {

        @Override
        public String name() {
            return "basic";
        }

        @Override
        public BasicFileAttributes readAttributes() throws IOException {
            return new StoreAttributes(StoreFileSystemProvider.info(path));
        }

        @Override
        public void setTimes(@Nullable FileTime modified, @Nullable FileTime accessed, @Nullable FileTime created)
                throws IOException {
            StoreFileSystemProvider.info(path);
        }
    }

    /** Some or all of them by name, as {@link java.nio.file.Files#readAttributes} wants them. */
    Map<String, Object> select(String wanted) {
        String names = wanted.startsWith("basic:") ? wanted.substring("basic:".length()) : wanted;
        if (names.indexOf(':') >= 0) {
            throw new UnsupportedOperationException("files of a store have basic attributes, not '" + wanted + "'");
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("size", size());
        all.put("creationTime", creationTime());
        all.put("lastModifiedTime", lastModifiedTime());
        all.put("lastAccessTime", lastAccessTime());
        all.put("isDirectory", isDirectory());
        all.put("isRegularFile", isRegularFile());
        all.put("isSymbolicLink", false);
        all.put("isOther", false);
        Map<String, Object> selected = new LinkedHashMap<>();
        for (String name : names.split(",")) {
            if (name.equals("*")) {
                selected.putAll(all);
            } else if (all.containsKey(name)) {
                selected.put(name, all.get(name));
            } else if (!name.equals("fileKey")) {
                throw new IllegalArgumentException("'" + name + "' is no basic attribute; there are " + all.keySet());
            }
        }
        return selected;
    }

    @Override
    public FileTime lastModifiedTime() {
        return FileTime.from(info.modifiedAt());
    }

    @Override
    public FileTime lastAccessTime() {
        return lastModifiedTime();
    }

    @Override
    public FileTime creationTime() {
        return FileTime.from(info.createdAt());
    }

    @Override
    public boolean isRegularFile() {
        return !info.directory();
    }

    @Override
    public boolean isDirectory() {
        return info.directory();
    }

    @Override
    public boolean isSymbolicLink() {
        return false;
    }

    @Override
    public boolean isOther() {
        return false;
    }

    @Override
    public long size() {
        return info.size();
    }

    @Override
    public @Nullable Object fileKey() {
        return null;
    }
}
