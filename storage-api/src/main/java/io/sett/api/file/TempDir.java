// SPDX-License-Identifier: Apache-2.0
package io.sett.api.file;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A handle to one temporary directory, to be filled through {@link java.nio.file.Files}. It may be used by any
 * thread. The directory and all in it vanish together, like a temporary file. What is put into it counts for the quota
 * of the store, but is measured only now and then.
 */
public interface TempDir {

    /** The id under which the store knows the directory. */
    String id();

    /** Where it lies; an absolute path. */
    Path path();

    /** Size and times as they are now; {@code FILE_NOT_FOUND} when it is gone. Walks the directory. */
    TempFileInfo info();

    /** Lets the directory live so long from now on; {@link Duration#ZERO}: as long as the store's default. */
    void setExpiration(Duration ttl);

    /** Removes the directory with all in it; tells whether it was still there. Idempotent. */
    boolean remove();
}
