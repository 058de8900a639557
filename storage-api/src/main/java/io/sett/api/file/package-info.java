// SPDX-License-Identifier: Apache-2.0
/**
 * Files and temporary files: {@link io.sett.api.file.FileStore} and {@link io.sett.api.file.TempStore}.
 *
 * <h2>Names</h2>
 * A file is named by a path below the root of its store, its parts separated by {@code '/'}:
 * {@code "reports/2026/may.pdf"}. Names are the same on every system, so what one system accepts every system accepts.
 * A name is refused with {@code INVALID_NAME} when
 * <ul>
 * <li>it is empty (only directories may be {@code ""}: the root), or begins or ends with {@code '/'};</li>
 * <li>a part is empty, {@code "."} or {@code ".."}, or ends with a space or a dot, or begins with a space;</li>
 * <li>it has a character below U+0020 or U+007F, one of {@code < > : " \ | ? *}, or an unpaired surrogate;</li>
 * <li>a part, up to its first dot, is a device name of Windows in any case: {@code CON PRN AUX NUL COM1}-{@code COM9
 * LPT1}-{@code LPT9};</li>
 * <li>a part is longer than 255 bytes, or the name longer than 1024 bytes, in UTF-8;</li>
 * <li>a symbolic link lies on the way, whoever made it.</li>
 * </ul>
 * Names are compared exactly, character by character; do not rely on two names that differ in case only.
 *
 * <h2>Patterns</h2>
 * {@code *} any run of characters, also an empty one and also across {@code '/'}; {@code ?} one character;
 * {@code [a-z_]} one of a set, {@code [!a-z]} none of it; a backslash takes the next character literally. The empty
 * pattern matches everything. A pattern that is not well formed is refused with {@code INVALID_ARGUMENT}.
 *
 * <h2>Writes</h2>
 * A write shows its result all at once or not at all: another thread, and the store after a crash, sees the old content
 * or the new one, never a mixture or a part. Writers of the same name take turns; the last to commit stays. Readers
 * that have the old content open keep reading it.
 *
 * <h2>Errors common to all operations</h2>
 * {@code STORE_CLOSED}, {@code INVALID_NAME}, {@code STORAGE_UNAVAILABLE} for failures of the file system,
 * {@code INSUFFICIENT_DISK_SPACE}, {@code QUOTA_EXCEEDED}, {@code READ_ONLY_STORE}, {@code DEADLINE_EXCEEDED} and
 * {@code CANCELLED}. No {@link java.io.IOException} leaves a store, not even through its streams; one that a stream of
 * the caller throws arrives as {@link java.io.UncheckedIOException}, and exceptions of functions that the caller passed
 * in arrive as they are. Nothing of the failed write is visible then.
 */
@NullMarked
package io.sett.api.file;

import org.jspecify.annotations.NullMarked;
