// SPDX-License-Identifier: Apache-2.0
/** Files and temporary files on a file system whose power goes, whose calls fail, whose room ends. */
@NullMarked
package io.sett.engine.file.survival;

import org.jspecify.annotations.NullMarked;
