// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.control;

import io.sett.api.common.Capability;
import io.sett.api.error.CorruptionException;
import io.sett.api.error.StorageException;
import io.sett.api.file.FileChange;
import io.sett.api.file.FileInfo;
import io.sett.api.file.FileInput;
import io.sett.api.file.FileOutput;
import io.sett.api.file.FileStore;
import io.sett.api.file.FileStoreUsage;
import io.sett.api.file.FileWatch;
import io.sett.api.file.SaveOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A right file store made wrong in one way. */
final class FaultyFileStore extends ForwardingFileStore {

    private final FileFault fault;
    private final Map<String, FileInfo> firstInfos = new ConcurrentHashMap<>();
    private final Map<String, String> aliases = new ConcurrentHashMap<>();

    FaultyFileStore(FileStore right, FileFault fault) {
        super(right);
        this.fault = fault;
        if (fault == FileFault.FORGETS && right.supports(Capability.PERSISTENT)) {
            try (Stream<FileInfo> all = right.walk("", "")) {
                all.map(FileInfo::name).sorted().findFirst().ifPresent(right::delete);
            }
        }
    }

    private boolean has(FileFault one) {
        return fault == one;
    }

    private String repaired(String name) {
        return has(FileFault.LAX_NAMES) && name.endsWith(".") ? name.replaceAll("[./]+$", "x") : name;
    }

    @Override
    public FileInput openRead(String name) {
        String known = aliases.getOrDefault(name, name);
        if (has(FileFault.LEAKS)) {
            right().openRead(known);
        }
        FileInput input = right().openRead(known);
        return has(FileFault.IGNORES_SEEK) ? new WrongInput(input) : input;
    }

    @Override
    public byte[] load(String name) {
        try {
            return super.load(repaired(name));
        } catch (CorruptionException damaged) {
            if (has(FileFault.HIDES_DAMAGE)) {
                return new byte[0];
            }
            throw damaged;
        } catch (StorageException refused) {
            if (has(FileFault.FOLLOWS_LINKS)) {
                return follow(name, refused);
            }
            throw refused;
        }
    }

    private byte[] follow(String name, StorageException otherwise) {
        Path file = right().unwrap(Path.class).resolve("files").resolve(name);
        try {
            if (Files.isRegularFile(file)) {
                return Files.readAllBytes(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        throw otherwise;
    }

    @Override
    public byte[] load(String name, long offset, int length) {
        return super.load(name, has(FileFault.RANGE_OFF_BY_ONE) ? offset + 1 : offset, length);
    }

    @Override
    public boolean exists(String name) {
        return has(FileFault.USE_AFTER_CLOSE) && !right().isOpen() || right().exists(name);
    }

    @Override
    public FileInfo info(String name) {
        FileInfo info = right().info(name);
        return has(FileFault.STALE_INFO) ? firstInfos.computeIfAbsent(name, unknown -> info) : info;
    }

    @Override
    public List<FileInfo> list(String directory, String pattern) {
        List<FileInfo> files = new ArrayList<>(right().list(directory, pattern));
        if (has(FileFault.UNSORTED_LIST)) {
            java.util.Collections.reverse(files);
        }
        if (has(FileFault.LISTS_DIRECTORIES)) {
            files.addAll(right().directories(directory));
        }
        return files;
    }

    @Override
    public FileWatch watch(String directory, String pattern) {
        FileWatch watch = right().watch(directory, pattern);
        return has(FileFault.SILENT_WATCH) ? new SilentWatch(watch) : watch;
    }

    @Override
    public FileOutput openWrite(String name, SaveOptions options) {
        SaveOptions used = has(FileFault.ALWAYS_OVERWRITES) ? options.withOverwrite(true) : options;
        if (has(FileFault.IGNORES_EXPECTED_CHECKSUM)) {
            used = new SaveOptions(used.overwrite(), used.sync(), Optional.empty(), used.timeout());
        }
        if (has(FileFault.STALE_INFO) && right().exists(name)) {
            info(name);
        }
        FileOutput output = right().openWrite(repaired(name), used);
        return has(FileFault.EARLY_VISIBLE) || has(FileFault.CLOSE_COMMITS) ? new WrongOutput(name, output) : output;
    }

    @Override
    public FileInfo append(String name, byte[] content) {
        if (!has(FileFault.LOSES_APPENDS)) {
            return right().append(name, content);
        }
        byte[] before = right().exists(name) ? right().load(name) : new byte[0];
        Thread.yield();
        byte[] after = Arrays.copyOf(before, before.length + content.length);
        System.arraycopy(content, 0, after, before.length, content.length);
        return right().save(name, after);
    }

    @Override
    public void deleteDir(String directory, boolean recursive) {
        right().deleteDir(directory, recursive || has(FileFault.DELETES_FULL_DIRECTORIES));
    }

    @Override
    public FileInfo copy(String source, String target, boolean overwrite) {
        FileInfo info = right().copy(source, target, overwrite || has(FileFault.ALWAYS_OVERWRITES));
        if (has(FileFault.COPY_IS_ALIAS)) {
            aliases.put(target, source);
        }
        return info;
    }

    @Override
    public FileInfo move(String source, String target, boolean overwrite) {
        return has(FileFault.MOVE_KEEPS_SOURCE) ? right().copy(source, target, overwrite)
                : right().move(source, target, overwrite || has(FileFault.ALWAYS_OVERWRITES));
    }

    @Override
    public FileStoreUsage usage() {
        FileStoreUsage usage = right().usage();
        return has(FileFault.IGNORES_QUOTA) ? new FileStoreUsage(usage.files(), usage.bytes(), OptionalLong.empty(),
                OptionalLong.of(1 << 20), usage.usableDiskBytes()) : usage;
    }

    /** Goes nowhere. */
    private static final class WrongInput extends FileInput {

        private final FileInput right;

        WrongInput(FileInput right) {
            this.right = right;
        }

        @Override
        public long remaining() {
            return right.remaining();
        }

        @Override
        public long position() {
            return right.position();
        }

        @Override
        public void seek(long position) {
            right.position();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return right.read(target, offset, length);
        }

        @Override
        public void close() {
            right.close();
        }
    }

    /** Commits at the wrong time. */
    private final class WrongOutput extends FileOutput {

        private final String name;
        private final FileOutput output;
        private boolean ended;

        WrongOutput(String name, FileOutput output) {
            this.name = name;
            this.output = output;
        }

        @Override
        public long position() {
            return output.position();
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            output.write(source, offset, length);
            if (has(FileFault.EARLY_VISIBLE)) {
                right().save(name, Arrays.copyOfRange(source, offset, offset + length));
            }
        }

        @Override
        public FileInfo commit() {
            ended = true;
            return output.commit();
        }

        @Override
        public void close() {
            if (has(FileFault.CLOSE_COMMITS) && !ended) {
                commit();
            }
            output.close();
        }
    }

    /** Knows of no change. */
    private record SilentWatch(FileWatch right) implements FileWatch {

        @Override
        public List<FileChange> poll() {
            right.poll();
            return List.of();
        }

        @Override
        public List<FileChange> await(Duration timeout) {
            return poll();
        }

        @Override
        public void close() {
            right.close();
        }
    }
}
