// SPDX-License-Identifier: Apache-2.0
package io.sett.api.file;

/** The directories of a file store, and files on their way between names. Thread-safe. */
public interface FileTree {

    /**
     * Makes a directory and those on the way to it. One that exists is fine.
     *
     * @throws io.sett.api.error.InvalidOperationException with {@code FILE_ALREADY_EXISTS} when a file is in the way
     */
    void makeDir(String directory);

    /**
     * Deletes a directory. The root itself cannot be deleted ({@code INVALID_NAME}).
     *
     * @param recursive whether to delete what is in it. A failure on the way may leave a part of it
     * @throws io.sett.api.error.KeyNotFoundException with {@code FILE_NOT_FOUND} when there is no such directory
     * @throws io.sett.api.error.InvalidOperationException with {@code DIRECTORY_NOT_EMPTY} when it has content and
     *     {@code recursive} is false
     */
    void deleteDir(String directory, boolean recursive);

    /**
     * Copies a file. The target appears all at once; a damaged source is not copied.
     *
     * @param overwrite whether a file of the target's name may be replaced
     * @return what the store now knows of the target
     * @throws io.sett.api.error.KeyNotFoundException with {@code FILE_NOT_FOUND} when there is no source
     * @throws io.sett.api.error.InvalidOperationException with {@code FILE_ALREADY_EXISTS}
     */
    FileInfo copy(String source, String target, boolean overwrite);

    /**
     * Gives a file another name, in one step: it is always under one of the two. Onto itself it does nothing.
     *
     * @param overwrite whether a file of the target's name may be replaced
     * @return what the store now knows of the target
     * @throws io.sett.api.error.KeyNotFoundException with {@code FILE_NOT_FOUND} when there is no source
     * @throws io.sett.api.error.InvalidOperationException with {@code FILE_ALREADY_EXISTS}
     */
    FileInfo move(String source, String target, boolean overwrite);
}
