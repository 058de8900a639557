// SPDX-License-Identifier: Apache-2.0
/** The caches compared, each behind the same few operations. */
package io.sett.benchmarks.cache.peer;
