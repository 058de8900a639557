// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.hash;

import java.util.zip.CRC32;

/** The hash functions that can be configured. */
public enum HashFunction implements KeyHash {
    /** FNV-1a with 64 bits: one byte after the other; the documented default. */
    FNV {
        @Override
        public long hash(byte[] bytes, int length) {
            long hash = 0xcbf29ce484222325L;
            for (int i = 0; i < length; i++) {
                hash = (hash ^ bytes[i] & 0xff) * 0x100000001b3L;
            }
            return hash;
        }
    },
    /** CRC-32: 32 bits only, so keys collide sooner. */
    CRC32 {
        @Override
        public long hash(byte[] bytes, int length) {
            CRC32 crc = new CRC32();
            crc.update(bytes, 0, length);
            return crc.getValue();
        }
    },
    /** XXH3 with 64 bits: the fastest for keys of more than a dozen bytes. */
    XX3 {
        @Override
        public long hash(byte[] bytes, int length) {
            return Xx3.hash(bytes, length);
        }
    }
}
