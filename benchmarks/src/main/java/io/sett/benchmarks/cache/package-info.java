// SPDX-License-Identifier: Apache-2.0
/** The cache against its peers: memory, speed, garbage, expiry, hit ratios. */
package io.sett.benchmarks.cache;
