// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads one transaction, with or without witness data (BIP144). For one thread. */
final class TransactionParser {
    private static final int MARKER = 0;
    private static final int FLAG = 1;
    private static final int VERSION_BYTES = 4;
    private static final int LOCK_TIME_BYTES = 4;

    private final DoubleSha256 sha;

    TransactionParser(DoubleSha256 sha) {
        this.sha = sha;
    }

    Transaction parse(ByteReader in) {
        int start = in.position();
        long version = in.u32("transaction version");
        boolean witness = readMarker(in);
        int coreStart = in.position();
        List<TxInput> inputs = readInputs(in);
        List<TxOutput> outputs = readOutputs(in);
        int coreEnd = in.position();
        if (witness) {
            inputs = readWitnesses(in, inputs, coreEnd);
        }
        int lockTimeAt = in.position();
        long lockTime = in.u32("lock time");
        int size = in.position() - start;
        byte[] bytes = in.array();
        Hash256 witnessId = sha.of(bytes, start, size);
        Hash256 id = witness
                ? sha.update(bytes, start, VERSION_BYTES)
                        .update(bytes, coreStart, coreEnd - coreStart)
                        .update(bytes, lockTimeAt, LOCK_TIME_BYTES)
                        .finish()
                : witnessId;
        return new Transaction(id, witnessId, version, inputs, outputs, lockTime, start, size);
    }

    /** A zero where the input count would be is no count but the marker of witness data. */
    private static boolean readMarker(ByteReader in) {
        if (in.peek(0, "input count") != MARKER) {
            return false;
        }
        int flag = in.peek(1, "witness flag");
        if (flag != FLAG) {
            throw in.malformedAt(in.position() + 1, "at least one input, or the witness flag 1 behind a zero",
                    "flag " + flag);
        }
        in.skip(2, "witness marker and flag");
        return true;
    }

    private static List<TxInput> readInputs(ByteReader in) {
        int countAt = in.position();
        int count = in.count("input count", "inputs", TxInput.LEAST_BYTES);
        if (count == 0) {
            throw in.malformedAt(countAt, "at least one input", "none");
        }
        List<TxInput> inputs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            OutPoint previous = new OutPoint(in.hash("id of a spent transaction"), in.u32("index of a spent output"));
            ByteString script = in.lengthAndBytes("unlocking script");
            inputs.add(new TxInput(previous, script, in.u32("sequence number"), List.of()));
        }
        return inputs;
    }

    private static List<TxOutput> readOutputs(ByteReader in) {
        int countAt = in.position();
        int count = in.count("output count", "outputs", TxOutput.LEAST_BYTES);
        if (count == 0) {
            throw in.malformedAt(countAt, "at least one output", "none");
        }
        List<TxOutput> outputs = new ArrayList<>(count);
        long sum = 0;
        for (int i = 0; i < count; i++) {
            int valueAt = in.position();
            long value = in.i64("output value");
            // Both operands stay below 2^51, the sum cannot overflow.
            if (value < 0 || value > ChainRules.MAX_MONEY || (sum += value) > ChainRules.MAX_MONEY) {
                throw in.malformedAt(valueAt, "an output value that leaves the sum within 0 and " + ChainRules.MAX_MONEY
                        + " satoshi", Long.toString(value));
            }
            outputs.add(new TxOutput(value, in.lengthAndBytes("locking script")));
        }
        return outputs;
    }

    private static List<TxInput> readWitnesses(ByteReader in, List<TxInput> inputs, int start) {
        List<TxInput> result = new ArrayList<>(inputs.size());
        boolean any = false;
        for (TxInput input : inputs) {
            int count = in.count("witness item count", "items", 1);
            List<ByteString> items = count == 0 ? Collections.emptyList() : new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                items.add(in.lengthAndBytes("witness item"));
            }
            any |= count > 0;
            result.add(new TxInput(input.previous(), input.script(), input.sequence(), items));
        }
        if (!any) {
            throw in.malformedAt(start, "a witness item, as the witness flag promises", "only empty witnesses");
        }
        return result;
    }
}
