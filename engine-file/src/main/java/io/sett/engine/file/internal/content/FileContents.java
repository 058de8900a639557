// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.content;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.KeyNotFoundException;
import io.sett.api.file.ContentInfo;
import io.sett.api.file.ContentStore;
import io.sett.api.file.FileInput;
import io.sett.api.file.FileOutput;
import io.sett.api.file.FileStore;
import io.sett.api.file.SaveOptions;
import io.sett.engine.file.internal.common.NameLocks;
import io.sett.engine.file.internal.format.ContentWriter;
import io.sett.spi.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Contents in a directory of a file store. Safe for many threads. */
public final class FileContents implements ContentStore {

    private static final int PIECE = 1 << 16;

    private final FileStore files;
    private final String root;
    private final NameLocks locks = new NameLocks();
    private final AtomicLong numbers = new AtomicLong();

    private FileContents(FileStore files, String root) {
        this.files = files;
        this.root = root;
    }

    /** A view of a directory; deletes what a crash left half-written. */
    public static FileContents open(FileStore files, String directory) {
        files.makeDir(directory);
        FileContents contents = new FileContents(files, directory.isEmpty() ? "" : directory + "/");
        if (files.exists(contents.root + "incoming")) {
            files.deleteDir(contents.root + "incoming", true);
        }
        return contents;
    }

    private <T> T alone(String hash, Supplier<T> body) {
        return locks.with(hash, Deadline.none(), body);
    }

    private Optional<StoredContent> find(String hash) {
        try {
            return files.list(root + StoredContent.directory(hash), hash + ".*").stream()
                    .flatMap(info -> StoredContent.of(info).stream()).findFirst();
        } catch (KeyNotFoundException noDirectory) {
            return Optional.empty();
        }
    }

    private static String checked(String sha256) {
        String hash = sha256.toLowerCase(Locale.ROOT);
        if (!StoredContent.isHash(hash)) {
            throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT, "'" + sha256
                    + "' is no SHA-256; expected 64 hexadecimal digits", Map.of("hash", sha256));
        }
        return hash;
    }

    @Override
    public ContentInfo put(byte[] content) {
        String hash = HexFormat.of().formatHex(ContentWriter.newDigest().digest(content));
        return alone(hash, () -> reference(hash).orElseGet(() -> {
            files.save(root + StoredContent.name(hash, 1), content, SaveOptions.defaults().withOverwrite(false));
            return new ContentInfo(hash, content.length, 1);
        }));
    }

    /** One reference more to a content that is there. */
    private Optional<ContentInfo> reference(String hash) {
        return find(hash).map(known -> {
            files.move(known.name(), root + StoredContent.name(hash, known.references() + 1), false);
            return new ContentInfo(hash, known.size(), known.references() + 1);
        });
    }

    @Override
    public ContentInfo put(InputStream content) {
        String incoming = root + "incoming/" + numbers.incrementAndGet();
        MessageDigest digest = ContentWriter.newDigest();
        long size = receive(content, incoming, digest);
        String hash = HexFormat.of().formatHex(digest.digest());
        boolean moved = false;
        try {
            ContentInfo info = alone(hash, () -> reference(hash).orElseGet(() -> {
                files.move(incoming, root + StoredContent.name(hash, 1), false);
                return new ContentInfo(hash, size, 1);
            }));
            moved = info.references() == 1;
            return info;
        } finally {
            if (!moved) {
                files.deleteIfExists(incoming);
            }
        }
    }

    /** Writes a stream to a name of its own and computes its hash on the way; returns the length. */
    private long receive(InputStream content, String name, MessageDigest digest) {
        try (FileOutput out = files.openWrite(name)) {
            byte[] piece = new byte[PIECE];
            for (int count; (count = content.read(piece)) >= 0;) {
                digest.update(piece, 0, count);
                out.write(piece, 0, count);
            }
            return out.commit().size();
        } catch (IOException failed) {
            throw new UncheckedIOException("Reading the new content failed", failed);
        }
    }

    @Override
    public Optional<byte[]> get(String sha256) {
        String hash = checked(sha256);
        Optional<FileInput> open = alone(hash, () -> find(hash).map(known -> files.openRead(known.name())));
        return open.map(input -> {
            try (input) {
                return input.readAllBytes();
            }
        });
    }

    @Override
    public FileInput openRead(String sha256) {
        String hash = checked(sha256);
        return alone(hash, () -> find(hash).map(known -> files.openRead(known.name()))).orElseThrow(() ->
                new KeyNotFoundException(ErrorCode.FILE_NOT_FOUND, "no content " + hash + " in file store '"
                        + files.name() + "'", Map.of("hash", hash)));
    }

    @Override
    public boolean has(String sha256) {
        return info(sha256).isPresent();
    }

    @Override
    public Optional<ContentInfo> info(String sha256) {
        String hash = checked(sha256);
        return alone(hash, () -> find(hash).map(StoredContent::info));
    }

    @Override
    public boolean remove(String sha256) {
        String hash = checked(sha256);
        return alone(hash, () -> {
            Optional<StoredContent> known = find(hash);
            known.ifPresent(content -> {
                if (content.references() == 1) {
                    files.delete(content.name());
                } else {
                    files.move(content.name(), root + StoredContent.name(hash, content.references() - 1), false);
                }
            });
            return known.isPresent();
        });
    }

    @Override
    public Stream<ContentInfo> list() {
        String directory = root.isEmpty() ? "" : root.substring(0, root.length() - 1);
        return files.walk(directory, "??/??/*").flatMap(info -> StoredContent.of(info).stream())
                .map(StoredContent::info);
    }
}
