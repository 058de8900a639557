// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.load;

import io.sett.examples.ledger.chain.CheckedBlock;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What was in one file.
 *
 * @param file         the file
 * @param blocks       number of blocks
 * @param added        how many of them were new to the ledger
 * @param transactions number of transactions
 * @param inputs       number of inputs, coinbases included
 * @param outputs      number of outputs
 * @param bytes        bytes of its blocks, without frames
 * @param time         how long reading, checking and storing took
 */
public record LoadedFile(Path file, int blocks, int added, long transactions, long inputs, long outputs, long bytes,
        Duration time) {
    static LoadedFile none(Path file) {
        return new LoadedFile(file, 0, 0, 0, 0, 0, 0, Duration.ZERO);
    }

    LoadedFile plus(CheckedBlock checked, boolean isNew) {
        return new LoadedFile(file, blocks + 1, added + (isNew ? 1 : 0),
                transactions + checked.block().transactions().size(), inputs + checked.block().inputCount(),
                outputs + checked.block().outputCount(), bytes + checked.block().size(), time);
    }

    LoadedFile took(Duration duration) {
        return new LoadedFile(file, blocks, added, transactions, inputs, outputs, bytes, duration);
    }
}
