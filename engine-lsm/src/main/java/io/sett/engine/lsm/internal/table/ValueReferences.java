// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.table;

import io.sett.engine.lsm.internal.base.ValuePointer;
import io.sett.engine.lsm.internal.codec.ByteReader;
import io.sett.engine.lsm.internal.codec.ByteWriter;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much of each value-log file a table refers to. Immutable. Summed over the tables of a store this is exactly what
 * is alive in the value log.
 *
 * <p>As bytes, all numbers varints: number of files, then for each, by ascending number: number of the file, entries,
 * bytes. The bytes are those in the file, frames included.
 */
public final class ValueReferences {

    /** None. */
    public static final ValueReferences NONE = new ValueReferences(new long[0]);

    private static final int FIELDS = 3;

    private final long[] numbers;

    private ValueReferences(long[] numbers) {
        this.numbers = numbers;
    }

    /** Counts references; for one thread. */
    public static final class Counter {

        private final Map<Long, long[]> sums = new TreeMap<>();
        private long last = -1;
        private long[] lastSum = new long[2];

        /** A value. */
        public void add(ValuePointer value) {
            add(value.segment(), 1, ValuePointer.framedLength(value.storedLength()));
        }

        private void add(long segment, long entries, long bytes) {
            if (segment != last) {
                lastSum = sums.computeIfAbsent(segment, key -> new long[2]);
                last = segment;
            }
            lastSum[0] += entries;
            lastSum[1] += bytes;
        }

        /** What was counted. */
        public ValueReferences toReferences() {
            if (sums.isEmpty()) {
                return NONE;
            }
            long[] numbers = new long[sums.size() * FIELDS];
            int at = 0;
            for (Map.Entry<Long, long[]> sum : sums.entrySet()) {
                numbers[at++] = sum.getKey();
                numbers[at++] = sum.getValue()[0];
                numbers[at++] = sum.getValue()[1];
            }
            return new ValueReferences(numbers);
        }
    }

    /** The sum of several. */
    public static ValueReferences sum(Collection<ValueReferences> parts) {
        Counter counter = new Counter();
        for (ValueReferences part : parts) {
            for (int i = 0; i < part.count(); i++) {
                counter.add(part.segment(i), part.entries(i), part.bytes(i));
            }
        }
        return counter.toReferences();
    }

    /** Number of files that are referred to. */
    public int count() {
        return numbers.length / FIELDS;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return numbers.length == 0;
    }

    /** Number of a file, ascending with the index. */
    public long segment(int index) {
        return numbers[index * FIELDS];
    }

    /** Entries that refer to it. */
    public long entries(int index) {
        return numbers[index * FIELDS + 1];
    }

    /** Bytes of it that they refer to. */
    public long bytes(int index) {
        return numbers[index * FIELDS + 2];
    }

    /** Bytes of that file that are referred to, 0 when there is no reference. */
    public long bytesOf(long segment) {
        for (int i = 0; i < count(); i++) {
            if (segment(i) == segment) {
                return bytes(i);
            }
        }
        return 0;
    }

    /** Bytes of all files. */
    public long totalBytes() {
        long sum = 0;
        for (int i = 0; i < count(); i++) {
            sum += bytes(i);
        }
        return sum;
    }

    /** Writes them. */
    public void encode(ByteWriter out) {
        out.putVarint(count());
        for (long number : numbers) {
            out.putVarint(number);
        }
    }

    /** Reads them. */
    public static ValueReferences decode(ByteReader in) {
        long count = in.getVarint();
        if (count == 0) {
            return NONE;
        }
        if (count < 0 || count > Integer.MAX_VALUE / FIELDS) {
            throw in.damage("a table cannot refer to " + count + " files");
        }
        long[] numbers = new long[Math.min((int) count * FIELDS, 1024)];
        for (int i = 0; i < count * FIELDS; i++) {
            if (i == numbers.length) {
                numbers = Arrays.copyOf(numbers, (int) Math.min(count * FIELDS, numbers.length * 2L));
            }
            numbers[i] = in.getVarint();
            if (numbers[i] < 0 || i % FIELDS == 0 && i > 0 && numbers[i] <= numbers[i - FIELDS]) {
                throw in.damage("references to files are negative or not in order");
            }
        }
        return new ValueReferences(numbers);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ValueReferences references && Arrays.equals(numbers, references.numbers);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(numbers);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < count(); i++) {
            text.append(i == 0 ? "" : ", ").append(segment(i)).append(": ").append(entries(i)).append(" entries, ")
                    .append(bytes(i)).append(" bytes");
        }
        return text.append('}').toString();
    }
}
