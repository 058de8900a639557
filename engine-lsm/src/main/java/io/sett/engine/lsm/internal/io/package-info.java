// SPDX-License-Identifier: Apache-2.0
/**
 * Rank 1: files. Everything goes through {@link java.nio.file.Path}, so that any file system can serve; finished files
 * of the default file system are mapped. IOException ends here and becomes an error of the API that names the file.
 *
 * <p><b>Interruption.</b> The JDK closes a FileChannel under all its users when the thread that works on it is
 * interrupted. The files of this package survive that: they take the interrupt flag away for the time of one operation
 * and give it back afterwards; when an interrupt arrives within that time and the channel is closed, the file is
 * opened anew and the operation repeated, which is safe since all of them name their position. Forcing goes through a
 * channel that cannot be interrupted where the file system has one, so that no failure of the device is lost.
 *
 * <p><b>Names.</b> {@code 000001.sst} tables, {@code 000002.wal} write-ahead logs, {@code 000003.vlog} value logs,
 * {@code MANIFEST-000004}, {@code CURRENT} names the manifest, {@code LOCK}, {@code *.tmp} unfinished.
 */
@NullMarked
package io.sett.engine.lsm.internal.io;

import org.jspecify.annotations.NullMarked;
