// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.error.CorruptionException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageException;
import io.sett.api.kv.KVStore;
import io.sett.engine.file.internal.KeyValueFileEngineProvider;
import io.sett.spi.EngineProvider;
import io.sett.testkit.Bytes;
import io.sett.testkit.file.FileStoreContract;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contract of file stores on files in a key-value store. */
abstract class KeyValueFileContract extends FileStoreContract {

    private final String keyValueEngine;

    KeyValueFileContract(String keyValueEngine) {
        this.keyValueEngine = keyValueEngine;
    }

    @Override
    protected EngineProvider engine() {
        return new KeyValueFileEngineProvider();
    }

    @Override
    protected Map<String, ?> settings() {
        return Map.of("key_value_engine", keyValueEngine);
    }

    @Override
    protected String variant() {
        return keyValueEngine;
    }

    @Override
    public boolean keepsFilesByPath() {
        return false;
    }

    /** Here content lies in values, and how these lie in files is the business of the engine below. */
    @Override
    @Test
    public void damageIsFoundWhenAFileIsRead() {
        store().save("victim", Bytes.pattern(150_000, 77));
        KVStore below = store().unwrap(KVStore.class);
        int damaged = 0;
        for (byte[] key : KeyValueFileTest.keys(below, 'c')) {
            byte[] value = below.getOrThrow(key);
            byte[] wrong = value.clone();
            wrong[wrong.length / 2] ^= 0x10;
            below.put(key, wrong);
            for (Use use : new Use[] {() -> store().load("victim"), () -> store().verify("victim"),
                () -> store().copy("victim", "copy", true)}) {
                failing(CorruptionException.class, ErrorCode.FILE_CORRUPTED, use);
            }
            below.delete(key);
            assertThatThrownBy(() -> store().load("victim")).isInstanceOf(CorruptionException.class)
                    .extracting(thrown -> ((StorageException) thrown).code()).isEqualTo(ErrorCode.FILE_CORRUPTED);
            below.put(key, value);
            damaged++;
        }
        assertThat(damaged).isEqualTo(3);
        assertThat(store().exists("copy")).as("a damaged source is not copied").isFalse();
        store().verify("victim");
    }
}
