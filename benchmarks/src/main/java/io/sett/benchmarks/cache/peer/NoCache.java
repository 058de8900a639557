// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.cache.peer;

/** Keeps nothing: the program without a cache. */
final class NoCache implements CachePeer {

    @Override
    public byte[] get(String key) {
        return null;
    }

    @Override
    public int touch(String key) {
        return -1;
    }

    @Override
    public void set(String key, byte[] value) {
        // Nothing is kept.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
