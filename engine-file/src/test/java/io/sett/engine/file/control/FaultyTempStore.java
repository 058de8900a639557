// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.control;

import io.sett.api.common.Capability;
import io.sett.api.common.Health;
import io.sett.api.common.Limits;
import io.sett.api.common.Metrics;
import io.sett.api.common.StoreKind;
import io.sett.api.file.FileInput;
import io.sett.api.file.FileOutput;
import io.sett.api.file.FileStoreUsage;
import io.sett.api.file.TempDir;
import io.sett.api.file.TempFile;
import io.sett.api.file.TempFileInfo;
import io.sett.api.file.TempStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** A right temporary store made wrong in one way. */
final class FaultyTempStore implements TempStore {

    private final TempStore right;
    private final TempFault fault;
    private final Map<String, TempFileInfo> seen = new ConcurrentHashMap<>();

    FaultyTempStore(TempStore right, TempFault fault) {
        this.right = right;
        this.fault = fault;
    }

    private boolean has(TempFault one) {
        return fault == one;
    }

    private String repaired(String part) {
        return has(TempFault.LAX_NAMES) ? part.replace('/', '_') : part;
    }

    @Override
    public TempFile create(String prefix, String suffix, Duration ttl) {
        Duration used = has(TempFault.TAKES_NEGATIVE_TTL) && ttl.isNegative() ? Duration.ZERO : ttl;
        TempFile file = right.create(repaired(prefix), repaired(suffix), used);
        seen.put(file.id(), file.info());
        return file;
    }

    @Override
    public TempFile create(String prefix, String suffix, InputStream content, Duration ttl) {
        if (!has(TempFault.LEAVES_HALF_FILES)) {
            return TempStore.super.create(prefix, suffix, content, ttl);
        }
        TempFile file = create(prefix, suffix, ttl);
        try {
            file.save(content.readAllBytes());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return file;
    }

    @Override
    public <T> T withFile(String prefix, String suffix, Function<? super TempFile, ? extends T> body) {
        if (!has(TempFault.KEEPS_AFTER_BODY)) {
            return TempStore.super.withFile(prefix, suffix, body);
        }
        TempFile file = create(prefix, suffix);
        T result = body.apply(file);
        file.remove();
        return result;
    }

    @Override
    public Optional<TempFile> get(String id) {
        return right.get(id);
    }

    @Override
    public FileInput openRead(String id) {
        return right.openRead(id);
    }

    @Override
    public FileOutput openWrite(String id) {
        return right.openWrite(id);
    }

    @Override
    public boolean remove(String id) {
        return right.remove(id) || has(TempFault.REMOVES_TWICE);
    }

    @Override
    public TempDir createDir(String prefix, String suffix, Duration ttl) {
        return right.createDir(repaired(prefix), suffix, ttl);
    }

    @Override
    public boolean removeDir(String id) {
        return has(TempFault.KEEPS_DIRECTORIES) || right.removeDir(id);
    }

    @Override
    public List<TempFileInfo> list(String pattern) {
        if (has(TempFault.USE_AFTER_CLOSE) && !right.isOpen()) {
            return List.of();
        }
        List<TempFileInfo> all = new ArrayList<>(right.list(has(TempFault.IGNORES_PATTERN) ? "" : pattern));
        if (has(TempFault.UNSORTED_LIST)) {
            Collections.reverse(all);
        }
        if (has(TempFault.EXPIRED_VISIBLE)) {
            seen.values().stream().filter(info -> all.stream().noneMatch(one -> one.id().equals(info.id())))
                    .forEach(all::add);
        }
        return all;
    }

    @Override
    public int cleanupExpired() {
        return right.cleanupExpired();
    }

    @Override
    public void setExpiration(String id, Duration ttl) {
        right.setExpiration(id, ttl);
    }

    @Override
    public FileStoreUsage usage() {
        FileStoreUsage usage = right.usage();
        return has(TempFault.MISCOUNTS) ? new FileStoreUsage(usage.files(), 0, usage.maxFiles(), usage.maxBytes(),
                usage.usableDiskBytes()) : usage;
    }

    @Override
    public TempStore withTimeout(Duration timeout) {
        return right.withTimeout(timeout);
    }

    @Override
    public String name() {
        return right.name();
    }

    @Override
    public String engine() {
        return right.engine();
    }

    @Override
    public StoreKind kind() {
        return right.kind();
    }

    @Override
    public Set<Capability> capabilities() {
        return right.capabilities();
    }

    @Override
    public Limits limits() {
        return right.limits();
    }

    @Override
    public Health health() {
        return right.health();
    }

    @Override
    public Metrics metrics() {
        return right.metrics();
    }

    @Override
    public boolean isOpen() {
        return right.isOpen();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return right.unwrap(type);
    }

    @Override
    public void close() {
        if (has(TempFault.SURVIVES_CLOSE) && right.isOpen()) {
            keepContent();
        }
        right.close();
    }

    private void keepContent() {
        Path beside = right.unwrap(Path.class).getParent();
        for (TempFileInfo info : right.list("")) {
            try {
                Files.write(beside.resolve("left-" + info.id()), right.get(info.id()).orElseThrow().load());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
