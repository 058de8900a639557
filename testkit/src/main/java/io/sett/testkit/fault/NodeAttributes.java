// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.fault;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** What is known of a file or directory at one moment. */
record NodeAttributes(long id, boolean isDirectory, long size, FileTime lastModifiedTime)
        implements BasicFileAttributes {

    @Override
    public FileTime lastAccessTime() {
        return lastModifiedTime;
    }

    @Override
    public FileTime creationTime() {
        return lastModifiedTime;
    }

    @Override
    public boolean isRegularFile() {
        return !isDirectory;
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
    public Object fileKey() {
        return id;
    }
}
