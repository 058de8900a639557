// SPDX-License-Identifier: Apache-2.0
/** The stores that are compared, all with the same cache budget and the same class of durability. */
package io.sett.benchmarks.kv.peer;
