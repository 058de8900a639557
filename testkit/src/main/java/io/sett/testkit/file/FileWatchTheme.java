// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.file;

import static io.sett.testkit.Bytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.Capability;
import io.sett.api.error.CancelledException;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.file.FileChange;
import io.sett.api.file.FileOutput;
import io.sett.api.file.FileStore;
import io.sett.api.file.FileWatch;
import io.sett.testkit.Parallel;
import io.sett.testkit.Theme;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Watching directories. */
@Theme("watch")
public interface FileWatchTheme extends FileTheme {

    private boolean canWatch() {
        if (offers(Capability.WATCH)) {
            return true;
        }
        refuses(Capability.WATCH, () -> store().watch("", "").close());
        return false;
    }

    private static List<String> texts(List<FileChange> changes) {
        return changes.stream().map(change -> change.kind() + " " + change.name()).toList();
    }

    @Test
    default void everyChangeOfAFileIsTold() {
        if (canWatch()) {
            save("before", "1");
            try (FileWatch watch = store().watch("", "")) {
                assertThat(watch.poll()).isEmpty();
                save("a", "1");
                save("a", "2");
                store().copy("a", "d/b", true);
                store().move("a", "c", true);
                store().move("d/b", "c", true);
                store().delete("c");
                store().deleteIfExists("absent");
                assertThat(texts(watch.poll())).containsExactly("CREATED a", "MODIFIED a", "CREATED d/b", "DELETED a",
                        "CREATED c", "DELETED d/b", "MODIFIED c", "DELETED c");
                assertThat(watch.poll()).as("each change is handed out once").isEmpty();
                if (offers(Capability.APPEND)) {
                    store().append("before", bytes("2"));
                    store().append("log", bytes("1"));
                    assertThat(texts(watch.poll())).containsExactly("MODIFIED before", "CREATED log");
                }
            }
        }
    }

    @Test
    default void whatIsNotCommittedIsNoChange() {
        if (canWatch()) {
            try (FileWatch watch = store().watch("", "")) {
                try (FileOutput out = store().openWrite("a")) {
                    out.write(1);
                }
                assertThat(watch.poll()).isEmpty();
                try (FileOutput out = store().openWrite("a")) {
                    out.write(1);
                    assertThat(watch.poll()).isEmpty();
                    out.commit();
                }
                assertThat(texts(watch.poll())).containsExactly("CREATED a");
            }
        }
    }

    @Test
    default void aWatchSeesItsDirectoryAndPatternOnly() {
        if (canWatch()) {
            try (FileWatch watch = store().watch("d", "*.txt"); FileWatch later = store().watch("not/yet", "")) {
                saveAll("x.txt", "d/x.txt", "d/x.log", "d/e/y.txt", "dd/x.txt", "not/yet/z");
                assertThat(texts(watch.poll())).containsExactly("CREATED d/x.txt", "CREATED d/e/y.txt");
                assertThat(texts(later.poll())).containsExactly("CREATED not/yet/z");
                store().deleteDir("d", true);
                assertThat(texts(watch.poll())).containsExactlyInAnyOrder("DELETED d/x.txt", "DELETED d/e/y.txt");
            }
            failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT, () -> store().watch("", "[a"));
        }
    }

    @Test
    default void oneMayWaitForAChange() {
        if (canWatch()) {
            FileStore files = store();
            try (FileWatch watch = files.watch("", "")) {
                List<FileChange> seen = new ArrayList<>();
                Parallel.run(2, thread -> {
                    if (thread == 0) {
                        while (seen.size() < 20) {
                            seen.addAll(watch.await(Duration.ofSeconds(60)));
                        }
                    } else {
                        for (int i = 0; i < 20; i++) {
                            files.save("f" + i, bytes("1"));
                        }
                    }
                });
                assertThat(seen).hasSize(20);
                assertThat(watch.await(Duration.ZERO)).isEmpty();
                Thread.currentThread().interrupt();
                try {
                    failing(CancelledException.class, ErrorCode.CANCELLED, () -> watch.await(Duration.ofSeconds(60)));
                } finally {
                    assertThat(Thread.interrupted()).as("the interrupt flag stays set").isTrue();
                }
            }
        }
    }

    @Test
    default void aClosedWatchRefusesToTell() {
        if (canWatch()) {
            FileWatch watch = store().watch("", "");
            watch.close();
            watch.close();
            failing(ClosedException.class, ErrorCode.SCOPE_ENDED, watch::poll);
            failing(ClosedException.class, ErrorCode.SCOPE_ENDED, () -> watch.await(Duration.ofSeconds(60)));
            FileStore files = store();
            FileWatch open = files.watch("", "");
            files.close();
            failing(ClosedException.class, ErrorCode.STORE_CLOSED, open::poll);
            open.close();
        }
    }
}
