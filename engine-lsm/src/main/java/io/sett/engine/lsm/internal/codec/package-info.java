// SPDX-License-Identifier: Apache-2.0
/**
 * Rank 2: how numbers, file headers and blocks become bytes. Little-endian throughout; checksums are CRC32C, plain.
 *
 * <h2>File header</h2>
 * Every file of the engine begins with these 64 bytes:
 * <pre>
 * offset  size  field
 *      0     8  magic: "SETT" and four characters for the kind of file, for example "SETTTABL"
 *      8     4  format version of that kind, u32
 *     12    16  store id
 *     28     8  file id, u64
 *     36     8  creation time, milliseconds since 1970
 *     44     4  id of the encryption key, u32, 0 = not encrypted
 *     48    12  zero
 *     60     4  CRC32C of bytes 0…59
 * </pre>
 *
 * <h2>Varint</h2>
 * Seven bits per byte, low ones first, the top bit set on all bytes but the last: 300 is {@code ac 02}. At most 10
 * bytes; a negative long takes all ten.
 *
 * <h2>Compressed block</h2>
 * The raw length as a varint, then the codec's own bytes. Codec ids: 0 none (the plain bytes, no length), 1 snappy
 * (with the raw format's own length in front, as everywhere), 2 lz4 (block format), 3 zstd (one frame).
 */
@NullMarked
package io.sett.engine.lsm.internal.codec;

import org.jspecify.annotations.NullMarked;
