// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.model;

import io.sett.api.common.KeyRange;
import io.sett.testkit.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One operation of a history on a key-value store.
 *
 * @param action what is done
 * @param slot which transaction, snapshot or cursor
 * @param key number of the key
 * @param number anything else: the value, a second key, a direction
 */
record KVOperation(Action action, int slot, int key, int number) {

    static final int SLOTS = 3;

    /** What can be done. */
    enum Action {
        PUT(14), PUT_TTL(3), DELETE(6), GET(8), COUNT(2), SCAN(2), BATCH(4), PUT_IF_ABSENT(2), GET_AND_SET(2),
        DELETE_RANGE(2), BULK_LOAD(1), KEYSPACE_PUT(3), KEYSPACE_DELETE_RANGE(1), KEYSPACE_SCAN(2), KEYSPACE_DROP(1),
        BEGIN(5), TX_PUT(8), TX_DELETE(3), TX_DELETE_RANGE(1), TX_GET(6), TX_GET_FOR_UPDATE(2), TX_SCAN(2),
        TX_COMMIT(5), TX_ROLLBACK(1),
        SNAPSHOT(2), SNAPSHOT_GET(3), SNAPSHOT_SCAN(1), SNAPSHOT_CLOSE(2),
        CURSOR(3), TX_CURSOR(2), CURSOR_MOVE(20), CURSOR_CLOSE(2),
        ADVANCE(1), REOPEN(1), FLUSH(1), COMPACT(1), GARBAGE_COLLECT(1);

        private final int weight;

        Action(int weight) {
            this.weight = weight;
        }
    }

    private static final List<byte[]> KEYS = keys();

    private static List<byte[]> keys() {
        List<byte[]> keys = new ArrayList<>();
        int[] alphabet = {0, 'a', 'b', 255};
        for (int first : alphabet) {
            keys.add(Bytes.raw(first));
            for (int second : alphabet) {
                keys.add(Bytes.raw(first, second));
            }
        }
        keys.add(Bytes.raw('a', 'b', 255));
        keys.add(Bytes.raw(255, 255, 255));
        keys.add(Bytes.raw(255, 255, 0));
        return List.copyOf(keys);
    }

    static List<KVOperation> history(long seed, int length) {
        Random random = new Random(seed);
        List<Action> wheel = new ArrayList<>();
        for (Action action : Action.values()) {
            for (int i = 0; i < action.weight; i++) {
                wheel.add(action);
            }
        }
        List<KVOperation> history = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            history.add(new KVOperation(wheel.get(random.nextInt(wheel.size())), random.nextInt(SLOTS),
                    random.nextInt(KEYS.size()), random.nextInt(1 << 20)));
        }
        return history;
    }

    byte[] keyBytes() {
        return KEYS.get(key);
    }

    /** Another key, taken from the number. */
    byte[] otherKey() {
        return KEYS.get(number % KEYS.size());
    }

    /** The keys from one to the other, or all that begin with one. */
    KeyRange range() {
        return number % 3 == 0 ? KeyRange.prefix(keyBytes()) : KeyRange.of(keyBytes(), otherKey());
    }

    /** All keys that histories write. */
    static List<byte[]> allKeys() {
        return KEYS;
    }

    /** A value made of the number: often short, sometimes empty or long. */
    byte[] value() {
        int length = switch (number % 16) {
            case 0 -> 0;
            case 1 -> 5000;
            case 2 -> 33;
            default -> 1 + number % 7;
        };
        return Bytes.pattern(length, number);
    }

    @Override
    public String toString() {
        return action + " slot " + slot + " key " + Bytes.hex(keyBytes()) + " number " + number;
    }
}
