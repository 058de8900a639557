// SPDX-License-Identifier: Apache-2.0
/** Opens file stores and temporary stores without configuration: {@link io.sett.engine.file.LocalFiles}. */
@NullMarked
package io.sett.engine.file;

import org.jspecify.annotations.NullMarked;
