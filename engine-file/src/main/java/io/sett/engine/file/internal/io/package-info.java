// SPDX-License-Identifier: Apache-2.0
/** Files and directories: rights, forcing, replacing, and the errors of the file system as errors of the library. */
@NullMarked
package io.sett.engine.file.internal.io;

import org.jspecify.annotations.NullMarked;
