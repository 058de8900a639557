// SPDX-License-Identifier: Apache-2.0
/**
 * A file system in memory for tests of what a store survives: it records every change, makes images of what a power cut
 * leaves at each of them, lets calls fail, runs out of space, and counts what is open.
 *
 * <pre>{@code
 * try (FaultFileSystem disk = FaultFileSystem.create()) {
 *     Path root = disk.directory("/store");
 *     ... open a store in it, write, note disk.changes() before and after each commit ...
 *     CrashImages images = CrashImages.of(disk, CrashModel.STRICT);
 *     for (long point = 0; point <= disk.changes(); point++) {
 *         try (FaultFileSystem image = images.at(point, Survival.FORCED, 0)) {
 *             ... open the store in image.getPath("/store") and look at what is there ...
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>What a store must do to survive: force a file ({@code FileChannel.force}) before it counts on its bytes, and force
 * the directory (a channel opened on it for reading, and forced) before it counts on a name that was made, renamed or
 * deleted. Files cannot be mapped; a store that maps must have another way for file systems that are not the default
 * one.
 *
 * <p>After a force that failed the bytes written before it are lost, even if a later force succeeds, as on Linux.
 *
 * <p>Channels behave as those of the JDK: an interrupt closes them. Links, rights and owners are not modelled.
 */
@NullMarked
package io.sett.testkit.fault;

import org.jspecify.annotations.NullMarked;
