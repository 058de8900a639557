// SPDX-License-Identifier: Apache-2.0
/**
 * How a file of the store lies on disk: the plain content first, so that other programs can read it, then a trailer.
 *
 * <pre>
 *   0            content             n bytes as the caller wrote them
 *   n            chunk checksums     4 bytes for each chunk of 65536 content bytes: CRC32C
 *   n + 4c       footer              96 bytes
 *
 *   footer:  0  magic            8  "SETTFILE"
 *            8  format version   4  1
 *           12  chunk size       4  65536
 *           16  content length   8
 *           24  created          8  milliseconds since 1970
 *           32  modified         8  milliseconds since 1970
 *           40  flags            4  bit 0: the SHA-256 is there
 *           44  chunk table CRC  4  CRC32C of the chunk checksums
 *           48  SHA-256         32  of the content, zeros without bit 0
 *           80  reserved        12  zeros
 *           92  footer CRC       4  CRC32C of the 92 bytes before
 * </pre>
 *
 * Numbers are little-endian. Every byte of the file is covered by a checksum. A footer of a newer format version is
 * refused; a file without a footer was not written by the store and is reported as damaged.
 */
@NullMarked
package io.sett.engine.file.internal.format;

import org.jspecify.annotations.NullMarked;
