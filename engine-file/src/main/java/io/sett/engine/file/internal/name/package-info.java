// SPDX-License-Identifier: Apache-2.0
/** What a name may be: the same on every system. */
@NullMarked
package io.sett.engine.file.internal.name;

import org.jspecify.annotations.NullMarked;
