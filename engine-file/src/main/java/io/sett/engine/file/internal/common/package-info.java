// SPDX-License-Identifier: Apache-2.0
/** What the stores of this module share whatever they keep their files in: turns of writers, quotas, watches. */
@NullMarked
package io.sett.engine.file.internal.common;

import org.jspecify.annotations.NullMarked;
