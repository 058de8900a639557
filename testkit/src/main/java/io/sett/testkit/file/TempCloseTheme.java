// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.file;

import static io.sett.testkit.Bytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.Health;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.file.FileInput;
import io.sett.api.file.FileOutput;
import io.sett.api.file.TempFile;
import io.sett.api.file.TempStore;
import io.sett.testkit.ContractTheme;
import io.sett.testkit.StoreFixture;
import io.sett.testkit.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The end of a temporary store. */
@Theme("close, leaks")
public interface TempCloseTheme extends ContractTheme<TempStore> {

    @Test
    default void nothingSurvivesARestart() throws IOException {
        store().create("a", "", bytes("needle in a haystack"));
        fixture().reopen();
        assertThat(store().list("")).isEmpty();
        assertThat(store().usage().files()).isZero();
        assertThat(store().usage().bytes()).isZero();
        try (Stream<Path> tree = Files.walk(fixture().directory())) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .as("content of %s after the restart", file).doesNotContain("needle");
            }
        }
    }

    @Test
    default void aClosedStoreRefusesEverything() {
        TempStore temp = store();
        TempFile file = temp.create("a", "", bytes("1"));
        FileInput in = file.openRead();
        FileOutput out = file.openWrite();
        temp.close();
        temp.close();
        assertThat(temp.isOpen()).isFalse();
        assertThat(temp.health().status()).isEqualTo(Health.Status.DOWN);
        for (Use use : new Use[] {() -> temp.create("b", ""), () -> temp.get(file.id()), () -> temp.list(""),
            file::load, () -> temp.remove(file.id()), temp::cleanupExpired, temp::usage}) {
            failing(ClosedException.class, ErrorCode.STORE_CLOSED, use);
        }
        failing(ClosedException.class, in::read);
        failing(ClosedException.class, out::commit);
        in.close();
        out.close();
    }

    @Test
    default void whatIsOpenCanBeCounted() {
        TempFile file = store().create("a", "", bytes("1"));
        assertThat(StoreFixture.tracker(store()).openCount()).as("a temporary file holds nothing open").isZero();
        FileInput in = file.openRead();
        assertThat(StoreFixture.tracker(store()).openCount()).isOne();
        in.close();
        assertThat(StoreFixture.tracker(store()).leaks()).isEmpty();
    }
}
