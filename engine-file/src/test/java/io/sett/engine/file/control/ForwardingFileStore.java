// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.control;

import io.sett.api.common.Capability;
import io.sett.api.common.Health;
import io.sett.api.common.Limits;
import io.sett.api.common.Metrics;
import io.sett.api.common.StoreKind;
import io.sett.api.file.FileInfo;
import io.sett.api.file.FileInput;
import io.sett.api.file.FileOutput;
import io.sett.api.file.FileStore;
import io.sett.api.file.FileStoreUsage;
import io.sett.api.file.FileWatch;
import io.sett.api.file.SaveOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A file store that asks another one. */
class ForwardingFileStore implements FileStore {

    private final FileStore right;

    ForwardingFileStore(FileStore right) {
        this.right = right;
    }

    final FileStore right() {
        return right;
    }

    @Override
    public FileInput openRead(String name) {
        return right.openRead(name);
    }

    @Override
    public FileInput openRead(String name, long offset, long length) {
        return right.openRead(name, offset, length);
    }

    @Override
    public boolean exists(String name) {
        return right.exists(name);
    }

    @Override
    public FileInfo info(String name) {
        return right.info(name);
    }

    @Override
    public List<FileInfo> list(String directory, String pattern) {
        return right.list(directory, pattern);
    }

    @Override
    public List<FileInfo> directories(String directory) {
        return right.directories(directory);
    }

    @Override
    public Stream<FileInfo> walk(String directory, String pattern) {
        return right.walk(directory, pattern);
    }

    @Override
    public FileWatch watch(String directory, String pattern) {
        return right.watch(directory, pattern);
    }

    @Override
    public FileOutput openWrite(String name, SaveOptions options) {
        return right.openWrite(name, options);
    }

    @Override
    public FileInfo append(String name, byte[] content) {
        return right.append(name, content);
    }

    @Override
    public void delete(String name) {
        right.delete(name);
    }

    @Override
    public boolean deleteIfExists(String name) {
        return right.deleteIfExists(name);
    }

    @Override
    public void makeDir(String directory) {
        right.makeDir(directory);
    }

    @Override
    public void deleteDir(String directory, boolean recursive) {
        right.deleteDir(directory, recursive);
    }

    @Override
    public FileInfo copy(String source, String target, boolean overwrite) {
        return right.copy(source, target, overwrite);
    }

    @Override
    public FileInfo move(String source, String target, boolean overwrite) {
        return right.move(source, target, overwrite);
    }

    @Override
    public FileStoreUsage usage() {
        return right.usage();
    }

    @Override
    public FileStore withTimeout(Duration timeout) {
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
        right.close();
    }
}
