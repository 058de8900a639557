// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.file;

import static io.sett.testkit.Bytes.bytes;
import static io.sett.testkit.Bytes.pattern;
import static io.sett.testkit.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sett.api.common.Capability;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.file.FileInput;
import io.sett.api.file.FileOutput;
import io.sett.api.file.FileStore;
import io.sett.api.file.SaveOptions;
import io.sett.testkit.Parallel;
import io.sett.testkit.Stress;
import io.sett.testkit.Theme;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Streams, ranges, all or nothing. */
@Theme("streams, atomicity")
public interface FileStreamTheme extends FileTheme {

    private boolean hasStreams() {
        if (offers(Capability.STREAMS)) {
            return true;
        }
        refuses(Capability.STREAMS, () -> store().openWrite("a").close());
        return false;
    }

    @Test
    default void nothingIsVisibleBeforeTheCommit() {
        if (hasStreams()) {
            save("a", "old");
            try (FileOutput out = store().openWrite("a"); FileOutput fresh = store().openWrite("new")) {
                out.write(bytes("new "));
                out.write('!');
                out.flush();
                fresh.write(1);
                assertThat(out.position()).isEqualTo(5);
                assertThat(load("a")).isEqualTo("old");
                assertThat(names()).containsExactly("a");
                assertThat(out.commit().size()).isEqualTo(5);
                assertThat(load("a")).isEqualTo("new !");
            }
            assertThat(names()).as("what was not committed is gone").containsExactly("a");
        }
    }

    @Test
    default void anAbandonedFileLeavesNothing() {
        if (hasStreams()) {
            save("a", "old");
            long before = store().usage().bytes();
            FileOutput out = store().openWrite("a");
            out.write(pattern(200_000, 1));
            out.close();
            out.close();
            assertThat(load("a")).isEqualTo("old");
            assertThat(store().usage().bytes()).isEqualTo(before);
            failing(ClosedException.class, ErrorCode.SCOPE_ENDED, () -> out.write(1));
            failing(ClosedException.class, ErrorCode.SCOPE_ENDED, out::commit);
        }
    }

    @Test
    default void aFileIsCommittedOnce() {
        if (hasStreams()) {
            FileOutput out = store().openWrite("a");
            out.write(1);
            out.commit();
            failing(ClosedException.class, ErrorCode.SCOPE_ENDED, out::commit);
            failing(ClosedException.class, ErrorCode.SCOPE_ENDED, () -> out.write(2));
            out.close();
            assertThat(store().load("a")).containsExactly(1);
        }
    }

    @Test
    default void aFunctionCommitsOrDiscards() {
        if (hasStreams()) {
            store().write("a", out -> out.write(bytes("written")));
            assertThat(load("a")).isEqualTo("written");
            IllegalStateException own = new IllegalStateException("mine");
            assertThat(catchThrowable(() -> store().write("a", out -> {
                out.write(bytes("half"));
                throw own;
            }))).isSameAs(own);
            assertThat(load("a")).isEqualTo("written");
        }
    }

    @Test
    default void aFailingSourceStoresNothing() {
        save("a", "old");
        InputStream failing = new InputStream() {
            private int left = 5000;

            @Override
            public int read() throws IOException {
                if (left == 0) {
                    throw new IOException("the line is dead");
                }
                left--;
                return 'x';
            }
        };
        Throwable thrown = catchThrowable(() -> store().save("a", failing));
        assertThat(thrown).isInstanceOf(UncheckedIOException.class).hasStackTraceContaining("the line is dead");
        assertThat(load("a")).isEqualTo("old");
        store().save("b", new ByteArrayInputStream(pattern(100_000, 3)));
        assertThat(store().load("b")).isEqualTo(pattern(100_000, 3));
        assertThat(names()).containsExactly("a", "b");
    }

    @Test
    default void aFileIsReadFromFrontToBack() {
        byte[] content = pattern(300_000, 9);
        store().save("a", content);
        try (FileInput in = store().openRead("a")) {
            assertThat(in.remaining()).isEqualTo(content.length);
            assertThat((byte) in.read()).isEqualTo(content[0]);
            assertThat(in.skip(99)).isEqualTo(99);
            assertThat(in.readNBytes(1000)).isEqualTo(Arrays.copyOfRange(content, 100, 1100));
            assertThat(in.remaining()).isEqualTo(content.length - 1100);
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 1100, content.length));
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.remaining()).isZero();
        }
    }

    @Test
    default void aFileIsReadFromAnyPosition() {
        byte[] content = pattern(300_000, 8);
        store().save("a", content);
        try (FileInput in = store().openRead("a")) {
            for (int at : new int[] {299_000, 0, 65_535, 65_536, 200_001, 5}) {
                in.seek(at);
                assertThat(in.position()).isEqualTo(at);
                assertThat(in.remaining()).isEqualTo(content.length - at);
                assertThat(in.readNBytes(1000)).as("from %d", at)
                        .isEqualTo(Arrays.copyOfRange(content, at, Math.min(content.length, at + 1000)));
            }
            in.seek(Long.MAX_VALUE);
            assertThat(in.position()).isEqualTo(content.length);
            assertThat(in.read()).isEqualTo(-1);
            failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT, () -> in.seek(-1));
            in.seek(0);
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    default void aFileIsReadAndWrittenAsAChannel() throws IOException {
        if (hasStreams()) {
            byte[] content = pattern(200_000, 6);
            try (FileOutput out = store().openWrite("a"); WritableByteChannel channel = out.asChannel()) {
                ByteBuffer direct = ByteBuffer.allocateDirect(50_000).put(content, 0, 50_000).flip();
                assertThat(channel.write(direct)).isEqualTo(50_000);
                assertThat(channel.write(ByteBuffer.wrap(content, 50_000, 150_000))).isEqualTo(150_000);
                out.commit();
            }
            try (SeekableByteChannel channel = store().openChannel("a")) {
                assertThat(channel.size()).isEqualTo(content.length);
                ByteBuffer some = ByteBuffer.allocateDirect(100);
                channel.position(123_456);
                while (some.hasRemaining()) {
                    assertThat(channel.read(some)).isPositive();
                }
                byte[] found = new byte[100];
                some.flip().get(found);
                assertThat(found).isEqualTo(Arrays.copyOfRange(content, 123_456, 123_556));
                assertThat(channel.position()).isEqualTo(123_556);
                assertThat(catchThrowable(() -> channel.truncate(1))).isInstanceOf(NonWritableChannelException.class);
            }
        }
    }

    @Test
    default void rangesAreReadAlone() {
        if (!offers(Capability.RANGE_READ)) {
            save("a", "0123456789");
            refuses(Capability.RANGE_READ, () -> store().load("a", 2, 3), () -> store().openRead("a", 2, 3).close());
            return;
        }
        save("a", "0123456789");
        assertThat(text(store().load("a", 2, 3))).isEqualTo("234");
        assertThat(text(store().load("a", 8, 100))).isEqualTo("89");
        assertThat(store().load("a", 10, 5)).isEmpty();
        assertThat(store().load("a", 1000, 5)).isEmpty();
        assertThat(store().load("a", 3, 0)).isEmpty();
        try (FileInput in = store().openRead("a", 7, Long.MAX_VALUE)) {
            assertThat(in.remaining()).isEqualTo(3);
            assertThat(text(in.readAllBytes())).isEqualTo("789");
        }
        failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT, () -> store().load("a", -1, 5));
        failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT, () -> store().load("a", 0, -5));
        byte[] content = pattern(500_000, 5);
        store().save("big", content);
        for (int at : new int[] {0, 1, 4095, 4096, 65_535, 131_072, 499_999}) {
            assertThat(store().load("big", at, 70_000)).as("from %d", at)
                    .isEqualTo(Arrays.copyOfRange(content, at, Math.min(content.length, at + 70_000)));
        }
    }

    @Test
    default void anOpenFileShowsWhatItWas() {
        byte[] old = pattern(200_000, 1);
        store().save("a", old);
        try (FileInput in = store().openRead("a"); FileInput other = store().openRead("a")) {
            in.read();
            save("a", "new");
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(old, 1, old.length));
            store().delete("a");
            assertThat(other.readAllBytes()).isEqualTo(old);
        }
    }

    @Test
    default void aClosedInputRefusesToRead() {
        save("a", "1");
        FileInput in = store().openRead("a");
        in.close();
        in.close();
        failing(ClosedException.class, ErrorCode.SCOPE_ENDED, in::read);
    }

    @Test
    default void ofTwoWhoMayNotOverwriteOneWins() {
        if (hasStreams()) {
            SaveOptions once = SaveOptions.defaults().withOverwrite(false);
            try (FileOutput one = store().openWrite("a", once); FileOutput two = store().openWrite("a", once)) {
                one.write('1');
                two.write('2');
                two.commit();
                failing(InvalidOperationException.class, ErrorCode.FILE_ALREADY_EXISTS, one::commit);
            }
            assertThat(load("a")).isEqualTo("2");
        }
    }

    @Test
    default void ofTwoWritersTheLastToCommitWins() {
        if (hasStreams()) {
            try (FileOutput one = store().openWrite("a"); FileOutput two = store().openWrite("a")) {
                one.write(pattern(100_000, 1));
                two.write(pattern(70_000, 2));
                one.write(pattern(100_000, 3));
                two.commit();
                assertThat(store().load("a")).isEqualTo(pattern(70_000, 2));
                one.commit();
            }
            assertThat(store().load("a")).hasSize(200_000).startsWith(pattern(100_000, 1))
                    .endsWith(pattern(100_000, 3));
            store().verify("a");
        }
    }

    @Test
    default void readersSeeTheOldOrTheNewContentNeverAMixture() {
        FileStore files = store();
        SaveOptions quick = SaveOptions.defaults().withSync(false);
        files.save("a", new byte[70_000], quick);
        AtomicInteger running = new AtomicInteger(2);
        Parallel.run(4, thread -> {
            if (thread < 2) {
                for (int i = 0; i < Stress.times(50, 2000); i++) {
                    byte[] content = new byte[60_000 + i * 10];
                    Arrays.fill(content, (byte) (i * 2 + thread));
                    files.save("a", content, quick);
                }
                running.decrementAndGet();
            } else {
                while (running.get() > 0) {
                    byte[] content = files.load("a");
                    for (int i = 1; i < content.length; i++) {
                        if (content[i] != content[0]) {
                            throw new AssertionError("a mixture of two contents at byte " + i);
                        }
                    }
                }
            }
        });
        files.verify("a");
    }

    @Test
    default void appendsOfManyThreadsDoNotMix() {
        if (!offers(Capability.APPEND)) {
            refuses(Capability.APPEND, () -> store().append("log", bytes("1")));
            return;
        }
        FileStore files = store();
        Parallel.run(4, thread -> {
            for (int i = 0; i < 25; i++) {
                files.append("log", bytes("[" + thread + "." + i + "]"));
            }
        });
        String log = load("log");
        for (int thread = 0; thread < 4; thread++) {
            for (int i = 0; i < 25; i++) {
                assertThat(log).containsOnlyOnce("[" + thread + "." + i + "]");
            }
        }
    }
}
