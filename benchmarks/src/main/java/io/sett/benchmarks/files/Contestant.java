// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.files;

import java.io.IOException;

/** Somebody who saves and loads files. For one thread. */
interface Contestant extends AutoCloseable {

    /** Bytes that a stream moves at once. */
    int PIECE = 1 << 16;

    /** Its name in results. */
    String name();

    /** Saves a whole file, as durable as it can. */
    void save(String name, byte[] content) throws IOException;

    /** Saves so many pieces as a stream, as durable as it can. */
    void saveStream(String name, byte[] piece, long pieces) throws IOException;

    /** Loads a whole file. */
    byte[] load(String name) throws IOException;

    /** Reads a file in pieces; returns its length. */
    long readStream(String name) throws IOException;

    @Override
    void close() throws IOException;
}
