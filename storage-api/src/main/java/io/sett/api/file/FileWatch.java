// SPDX-License-Identifier: Apache-2.0
package io.sett.api.file;

import java.time.Duration;
import java.util.List;

/**
 * Sees what happens to the files below a directory: every change made through the store, in an order that keeps the
 * changes of one name in theirs. A change is told after it can be read. What other programs do behind the back of
 * the store is not seen. Keeps a bounded number of changes that nobody has fetched. Safe for many threads; each change
 * is handed out once.
 */
public interface FileWatch extends AutoCloseable {

    /** What happened since the last call, without waiting; may be empty. */
    List<FileChange> poll();

    /**
     * What happened since the last call; waits for the first change, or until the time is over and then is empty.
     *
     * @throws io.sett.api.error.CancelledException when the thread is interrupted
     * @throws io.sett.api.error.ClosedException when the watch or its store is closed, also while waiting
     */
    List<FileChange> await(Duration timeout);

    /** Ends the watching. Idempotent. */
    @Override
    void close();
}
