// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.cache.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.caffinitas.ohc.CacheSerializer;
import org.caffinitas.ohc.DirectValueAccess;
import org.caffinitas.ohc.OHCache;
import org.caffinitas.ohc.OHCacheBuilder;

/** OHC, the off-heap cache of Cassandra, with its default (linked) form and no expiry. */
final class OhcCache implements CachePeer {

    private final OHCache<String, byte[]> cache;

    OhcCache(Size size) {
        cache = OHCacheBuilder.<String, byte[]>newBuilder().keySerializer(new Text()).valueSerializer(new Bytes())
                .capacity(size.bytes()).throwOOME(true).build();
    }

    private static final class Text implements CacheSerializer<String> {

        @Override
        public void serialize(String text, ByteBuffer target) {
            target.put(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String deserialize(ByteBuffer source) {
            byte[] bytes = new byte[source.remaining()];
            source.get(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }

        @Override
        public int serializedSize(String text) {
            return text.length();
        }
    }

    private static final class Bytes implements CacheSerializer<byte[]> {

        @Override
        public void serialize(byte[] bytes, ByteBuffer target) {
            target.put(bytes);
        }

        @Override
        public byte[] deserialize(ByteBuffer source) {
            byte[] bytes = new byte[source.remaining()];
            source.get(bytes);
            return bytes;
        }

        @Override
        public int serializedSize(byte[] bytes) {
            return bytes.length;
        }
    }

    @Override
    public byte[] get(String key) {
        return cache.get(key);
    }

    @Override
    public int touch(String key) {
        try (DirectValueAccess value = cache.getDirect(key)) {
            if (value == null) {
                return -1;
            }
            ByteBuffer buffer = value.buffer();
            return buffer.get(buffer.position()) & 0xff | buffer.get(buffer.limit() - 1) & 0xff;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void set(String key, byte[] value) {
        cache.put(key, value);
    }

    @Override
    public void close() {
        try {
            cache.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
