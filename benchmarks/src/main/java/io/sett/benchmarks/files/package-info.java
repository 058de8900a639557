// SPDX-License-Identifier: Apache-2.0
/**
 * File stores against {@code java.nio} used by hand with the same promises: {@link io.sett.benchmarks.files.FileBench}.
 * Every contestant writes beside, forces, renames and forces the directory; they differ in what they check.
 */
package io.sett.benchmarks.files;
