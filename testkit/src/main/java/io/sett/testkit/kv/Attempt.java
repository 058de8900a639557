// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.kv;

import static io.sett.testkit.Bytes.bytes;
import static io.sett.testkit.Bytes.text;

import io.sett.api.error.TransactionConflictException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A transaction of an interleaving that may lose at any of its steps: a conflict ends it, and later steps do nothing.
 */
final class Attempt implements AutoCloseable {

    private final Transaction transaction;
    private boolean lost;
    private boolean committed;

    Attempt(Transaction transaction) {
        this.transaction = transaction;
    }

    private <T> Optional<T> step(Supplier<Optional<T>> step) {
        if (lost) {
            return Optional.empty();
        }
        try {
            return step.get();
        } catch (TransactionConflictException conflict) {
            lost = true;
            transaction.rollback();
            return Optional.empty();
        }
    }

    /** Reads a key; "-" when it is absent, "lost" when the transaction is over. */
    String get(String key) {
        return step(() -> Optional.of(text(transaction.get(bytes(key))).orElse("-"))).orElse("lost");
    }

    /** Keys whose value, as a number, is divisible by three; empty when the transaction is over. */
    List<String> divisibleByThree() {
        return step(() -> {
            List<String> found = new ArrayList<>();
            try (Cursor cursor = transaction.iterate(new byte[0])) {
                while (cursor.next()) {
                    if (Integer.parseInt(text(cursor.value())) % 3 == 0) {
                        found.add(text(cursor.key()));
                    }
                }
            }
            return Optional.of(found);
        }).orElseGet(List::of);
    }

    /** Counts keys with a prefix; -1 when the transaction is over. */
    long count(String prefix) {
        return step(() -> Optional.of(transaction.count(bytes(prefix)))).orElse(-1L);
    }

    Attempt put(String key, String value) {
        step(() -> {
            transaction.put(bytes(key), bytes(value));
            return Optional.empty();
        });
        return this;
    }

    Attempt delete(String key) {
        step(() -> {
            transaction.delete(bytes(key));
            return Optional.empty();
        });
        return this;
    }

    /** Commits; says whether that worked. */
    boolean commit() {
        step(() -> {
            transaction.commit();
            committed = true;
            return Optional.empty();
        });
        return committed;
    }

    void rollback() {
        transaction.rollback();
    }

    boolean committed() {
        return committed;
    }

    @Override
    public void close() {
        transaction.close();
    }
}
