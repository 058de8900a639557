// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.kv;

import io.sett.api.common.Capability;
import io.sett.api.common.Durability;
import io.sett.api.common.Limits;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ConfigurationException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.UnsupportedFeatureException;
import io.sett.api.kv.KVReader;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.WriteOptions;
import io.sett.engine.file.internal.common.NameLocks;
import io.sett.engine.file.internal.common.Quota;
import io.sett.engine.file.internal.common.Watches;
import io.sett.spi.Deadline;
import io.sett.spi.EngineContext;
import io.sett.spi.HandleTracker;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** What all parts of one open file store in a key-value store share. Safe for many threads. */
final class KeyValueSpace {

    private record Place(KVStore store, String prefix) {
    }

    /** Content bytes of a chunk, where the key-value store takes values of that length. */
    private static final int CHUNK = 1 << 16;
    private static final int SMALLEST_CHUNK = 1 << 10;
    private static final int LONGEST_NAME = 1024;
    /** What the values of chunks and their keys need beside the content. */
    private static final int CHUNK_OVERHEAD = 64;
    private static final Set<Place> OPEN = ConcurrentHashMap.newKeySet();

    private final EngineContext context;
    private final KeyValueFileSettings settings;
    private final KVStore store;
    private final boolean owned;
    private final Place place;
    private final EntryKeys keys;
    private final Header header;
    private final Contents contents;
    private final HandleTracker handles;
    private final Watches watches;
    private final NameLocks locks = new NameLocks();
    private final Quota quota;
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final LongAdder readBytes = new LongAdder();
    private final LongAdder writtenBytes = new LongAdder();

    private KeyValueSpace(EngineContext context, KVStore store, byte[] prefix, boolean owned, Place place) {
        this.context = context;
        this.settings = KeyValueFileSettings.of(context.settings());
        this.store = store;
        this.owned = owned;
        this.place = place;
        this.keys = new EntryKeys(prefix);
        this.header = readOrMakeHeader();
        this.contents = new Contents(store, keys);
        this.handles = new HandleTracker(context.handles());
        this.watches = new Watches(handles, this::closed);
        this.quota = new Quota("storage." + KeyValueFileStore.ENGINE, settings.maxFiles(), settings.maxTotalSize());
        if (quota.isLimited()) {
            EntryWalk.files(this, "", () -> { }).forEach(file -> quota.countExisting(file.size()));
        }
    }

    /** Opens the file store below a prefix, which must have the key-value store's keys to itself. */
    static KeyValueSpace open(EngineContext context, KVStore store, byte[] prefix, boolean owned) {
        requireUsable(store, prefix);
        Place place = new Place(store, HexFormat.of().formatHex(prefix));
        if (!OPEN.add(place)) {
            throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT, "a file store is already open on key-value "
                    + "store '" + store.name() + "' with this prefix; share it, or choose another prefix");
        }
        boolean fine = false;
        try {
            KeyValueSpace space = new KeyValueSpace(context, store, prefix, owned, place);
            fine = true;
            return space;
        } finally {
            if (!fine) {
                OPEN.remove(place);
            }
        }
    }

    private static void requireUsable(KVStore store, byte[] prefix) {
        if (!store.supports(Capability.SERIALIZABLE)) {
            throw new UnsupportedFeatureException(ErrorCode.UNSUPPORTED_FEATURE, "engine '" + store.engine()
                    + "' lacks SERIALIZABLE transactions, without which it cannot keep files; choose another engine");
        }
        int longestKey = prefix.length + LONGEST_NAME + EntryKeys.OVERHEAD;
        if (store.limits().maxKeyBytes() < longestKey) {
            throw new ConfigurationException(ErrorCode.INVALID_CONFIG, "key-value store '" + store.name()
                    + "' takes keys of up to " + store.limits().maxKeyBytes() + " bytes, names of files need "
                    + longestKey + "; raise its limit, or choose a shorter prefix");
        }
    }

    private Header readOrMakeHeader() {
        Optional<byte[]> known = store.get(keys.header());
        if (known.isPresent()) {
            return Header.decode(known.get());
        }
        Limits limits = store.limits();
        long room = Math.min(limits.maxValueBytes(), limits.maxTransactionBytes() / 4) - CHUNK_OVERHEAD;
        if (room < SMALLEST_CHUNK) {
            throw new ConfigurationException(ErrorCode.INVALID_CONFIG, "key-value store '" + store.name()
                    + "' takes values of " + limits.maxValueBytes() + " and transactions of "
                    + limits.maxTransactionBytes() + " bytes, too little for files; raise its limits");
        }
        Header made = new Header((int) Math.min(CHUNK, room), context.clock().millis());
        store.put(keys.header(), made.encode());
        return made;
    }

    EngineContext context() {
        return context;
    }

    KeyValueFileSettings settings() {
        return settings;
    }

    KVStore store() {
        return store;
    }

    EntryKeys keys() {
        return keys;
    }

    Header header() {
        return header;
    }

    Contents contents() {
        return contents;
    }

    HandleTracker handles() {
        return handles;
    }

    Watches watches() {
        return watches;
    }

    NameLocks locks() {
        return locks;
    }

    Quota quota() {
        return quota;
    }

    LongAdder readBytes() {
        return readBytes;
    }

    LongAdder writtenBytes() {
        return writtenBytes;
    }

    /** How a write is acknowledged: after a force, or when the process may end. */
    WriteOptions durability(boolean sync) {
        if (!store.supports(Capability.SYNC_WRITES)) {
            return WriteOptions.defaults();
        }
        return WriteOptions.defaults().withDurability(sync ? Durability.SYNC : Durability.PROCESS);
    }

    /** The entry of a name; of the root there is none. */
    Optional<FileEntry> entry(KVReader reader, String name) {
        return reader.get(keys.entry(name)).map(bytes -> FileEntry.decode(name, bytes));
    }

    boolean isOpen() {
        return open.get() && store.isOpen();
    }

    /** Goes on only while the store is open, there is time, and nobody interrupted the thread. */
    void check(String action, Deadline deadline) {
        if (!isOpen()) {
            throw closed();
        }
        deadline.check(action + " in file store '" + context.name() + "'");
    }

    ClosedException closed() {
        return new ClosedException(ErrorCode.STORE_CLOSED, "file store '" + context.name() + "' is closed; open it "
                + "again to go on", Map.of("store", context.name()));
    }

    void close() {
        if (open.compareAndSet(true, false)) {
            try {
                context.reportLeaks(handles.closeAll());
            } finally {
                OPEN.remove(place);
                if (owned) {
                    store.close();
                }
            }
        }
    }
}
