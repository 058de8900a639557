// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.files;

/** What is checked when a file is read. */
enum Check {
    /** Nothing. */
    NONE,
    /** The CRC32C of each 64 KiB. */
    CRC,
    /** That and the SHA-256 of the whole. */
    CRC_AND_SHA
}
