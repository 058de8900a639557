// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import io.sett.api.common.Capability;
import io.sett.api.common.Durability;
import io.sett.api.common.Limits;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.LimitExceededException;
import io.sett.api.error.UnsupportedFeatureException;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.Isolation;
import io.sett.api.kv.PutOptions;
import io.sett.api.kv.ReadOptions;
import io.sett.api.kv.TransactionMode;
import io.sett.api.kv.TransactionOptions;
import io.sett.api.kv.WriteOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the arguments of calls against the limits and capabilities of one store, with messages that name both.
 * Immutable, safe for many threads. A check that passes costs a few comparisons.
 */
public final class KVArguments {

    private static final int SHOWN_BYTES = 32;

    private final String store;
    private final String engine;
    private final Limits limits;
    private final Set<Capability> capabilities;
    private final boolean deadlines;
    private final boolean timesToLive;

    /**
     * The checks of a store.
     *
     * @param store its name
     * @param engine the id of its engine
     * @param limits its limits
     * @param capabilities what it can do
     */
    public KVArguments(String store, String engine, Limits limits, Set<Capability> capabilities) {
        this.store = store;
        this.engine = engine;
        this.limits = limits;
        this.capabilities = Set.copyOf(capabilities);
        this.deadlines = capabilities.contains(Capability.DEADLINES);
        this.timesToLive = capabilities.contains(Capability.TTL);
    }

    /** The name of the store. */
    public String store() {
        return store;
    }

    /** The limits of the store. */
    public Limits limits() {
        return limits;
    }

    /** What the store can do. */
    public Set<Capability> capabilities() {
        return capabilities;
    }

    /** Refuses an empty key. */
    public void checkKey(byte[] key) {
        if (key.length == 0) {
            throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT,
                    "store '" + store + "': a key must have at least one byte, got an empty one",
                    Map.of("store", store));
        }
    }

    /** Refuses an empty key and one over the limit. */
    public void checkWrittenKey(byte[] key) {
        checkKey(key);
        if (key.length > limits.maxKeyBytes()) {
            throw tooLarge("key", key.length, limits.maxKeyBytes(), key);
        }
    }

    /** Refuses a key or value over its limit. */
    public void checkEntry(byte[] key, byte[] value) {
        checkWrittenKey(key);
        if (value.length > limits.maxValueBytes()) {
            throw tooLarge("value", value.length, limits.maxValueBytes(), key);
        }
    }

    private LimitExceededException tooLarge(String what, long actual, long limit, byte[] key) {
        return new LimitExceededException(ErrorCode.ENTRY_TOO_LARGE, "store '" + store + "': the " + what + " of key "
                + shown(key) + " has " + actual + " bytes, the limit is " + limit + "; split it or raise the limit",
                Map.of("store", store, "what", what, "actual", actual, "limit", limit));
    }

    /** Refuses a transaction or batch that would grow over its limit. */
    public void checkSize(long bytes, long operations) {
        if (bytes > limits.maxTransactionBytes()) {
            throw tooBig("bytes", bytes, limits.maxTransactionBytes());
        }
        if (operations > limits.maxTransactionOperations()) {
            throw tooBig("writes", operations, limits.maxTransactionOperations());
        }
    }

    private LimitExceededException tooBig(String unit, long actual, long limit) {
        return new LimitExceededException(ErrorCode.TXN_TOO_BIG, "store '" + store + "': the transaction or batch "
                + "would hold " + actual + " " + unit + ", the limit is " + limit
                + "; commit in several steps or raise the limit",
                Map.of("store", store, "unit", unit, "actual", actual, "limit", limit));
    }

    /** Refuses a time to live or metadata that the engine does not keep. */
    public void checkPut(PutOptions options) {
        if (options.ttlOrNull() != null && !timesToLive) {
            throw unsupported(Capability.TTL, "keep a time to live");
        }
        if (options.metadata() != 0) {
            require(Capability.USER_METADATA, "keep a metadata byte");
        }
    }

    /** When a value that is put now expires: milliseconds since 1970 or {@link PendingWrite#NEVER}. Cannot overflow. */
    public long expiryMillis(PutOptions options, Clock clock) {
        Duration ttl = options.ttlOrNull();
        if (ttl == null) {
            return PendingWrite.NEVER;
        }
        try {
            return Math.addExact(clock.millis(), ttl.toMillis());
        } catch (ArithmeticException beyondTheCalendar) {
            return Long.MAX_VALUE;
        }
    }

    /** Refuses a durability or timeout that the engine does not keep. */
    public void checkWrite(WriteOptions options) {
        if (options.durability() == Durability.SYNC) {
            require(Capability.SYNC_WRITES, "make a write survive a power cut");
        } else if (options.durability() == Durability.PROCESS) {
            require(Capability.PERSISTENT, "make a write survive the end of the process");
        }
        checkTimeout(options.timeoutOrNull() != null);
    }

    /** Refuses a timeout that the engine does not keep. */
    public void checkRead(ReadOptions options) {
        checkTimeout(options.timeoutOrNull() != null);
    }

    private void checkTimeout(boolean given) {
        if (given && !deadlines) {
            throw unsupported(Capability.DEADLINES, "keep a timeout of a single call");
        }
    }

    /** Refuses a cursor over history that the engine does not keep, or with a timeout that it does not keep. */
    public void checkCursor(CursorOptions options) {
        if (options.allVersions() || options.sinceVersion() > 0) {
            require(Capability.VERSION_HISTORY, "show older versions");
        }
        checkRead(options.read());
    }

    /** Refuses a mode or an isolation level that the engine does not have. */
    public void checkTransaction(TransactionOptions options) {
        if (options.mode() == TransactionMode.PESSIMISTIC) {
            require(Capability.PESSIMISTIC_TRANSACTIONS, "lock what a transaction touches");
        }
        if (options.isolation() == Isolation.SERIALIZABLE) {
            require(Capability.SERIALIZABLE, "isolate transactions at level SERIALIZABLE");
        }
    }

    /**
     * Refuses what the engine lacks.
     *
     * @param what completes "the engine cannot …"
     */
    public void require(Capability capability, String what) {
        if (!capabilities.contains(capability)) {
            throw unsupported(capability, what);
        }
    }

    /** The error of a call that needs a capability the engine lacks. */
    public UnsupportedFeatureException unsupported(Capability capability, String what) {
        return new UnsupportedFeatureException(ErrorCode.UNSUPPORTED_FEATURE, "store '" + store + "': engine '" + engine
                + "' cannot " + what + "; it lacks the capability " + capability,
                Map.of("store", store, "engine", engine, "capability", capability));
    }

    /** What a reader function returned; refuses null. */
    public <T> Optional<T> result(T value) {
        Optional<T> result = Optional.ofNullable(value);
        if (result.isEmpty()) {
            throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT, "store '" + store
                    + "': the function given to read returned null; return an Optional or a marker instead");
        }
        return result;
    }

    /** A key for messages: hexadecimal, cut after 32 bytes. */
    public static String shown(byte[] key) {
        HexFormat hex = HexFormat.of();
        return key.length <= SHOWN_BYTES ? hex.formatHex(key)
                : hex.formatHex(Arrays.copyOf(key, SHOWN_BYTES)) + "… (" + key.length + " bytes)";
    }
}
