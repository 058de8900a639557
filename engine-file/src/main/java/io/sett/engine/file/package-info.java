// SPDX-License-Identifier: Apache-2.0
/**
 * Opens file stores and temporary stores without configuration: {@link io.sett.engine.file.LocalFiles} in a directory,
 * {@link io.sett.engine.file.KeyValueFiles} in a key-value store. Views of any file store:
 * {@link io.sett.engine.file.ContentStores}, {@link io.sett.engine.file.StoreFileSystems}.
 */
@NullMarked
package io.sett.engine.file;

import org.jspecify.annotations.NullMarked;
