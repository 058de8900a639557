// SPDX-License-Identifier: Apache-2.0
/**
 * The contracts of file stores and temporary stores: extend {@link io.sett.testkit.file.FileStoreContract} or
 * {@link io.sett.testkit.file.TempStoreContract}. Each theme is an interface whose default methods are the tests.
 */
@NullMarked
package io.sett.testkit.file;

import org.jspecify.annotations.NullMarked;
