// SPDX-License-Identifier: Apache-2.0
/** A {@code java.nio.file.FileSystem} over any file store; nothing here knows where the files lie. */
@NullMarked
package io.sett.engine.file.internal.nio;

import org.jspecify.annotations.NullMarked;
