// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.error.CorruptionException;
import io.sett.engine.lsm.internal.base.RangeDeletions;
import io.sett.engine.lsm.internal.base.RangeDeletions.Deletion;
import io.sett.engine.lsm.internal.cache.BlockCache;
import io.sett.engine.lsm.internal.codec.ByteReader;
import io.sett.engine.lsm.internal.version.FileMetadata;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RangeDeletionBlockTest {

    @TempDir
    Path directory;

    private static RangeDeletions decode(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return RangeDeletionBlock.decode(new ByteReader(bytes, 0, bytes.length, Path.of("t"), 0));
    }

    private static RangeDeletions example() {
        return RangeDeletions.of(List.of(new Deletion(new byte[] {'b'}, new byte[] {'d'}, 300)));
    }

    @Test
    void theBytesAreThoseOfTheFormat() {
        assertThat(HexFormat.of().formatHex(RangeDeletionBlock.encode(example()))).isEqualTo("010162016401ac02");
        RangeDeletions two = RangeDeletions.of(List.of(new Deletion(new byte[] {'a'}, new byte[] {'c'}, 2),
                new Deletion(new byte[] {'b'}, new byte[] {'c', 0}, 1)));
        assertThat(HexFormat.of().formatHex(RangeDeletionBlock.encode(two)))
                .isEqualTo("030161016201020162016302020101630263000101");
        assertThat(decode("030161016201020162016302020101630263000101").deletions()).hasSize(4);
    }

    @Test
    void whatIsOutOfOrderIsDamage() {
        for (String broken : List.of("010164016201ac02", "02016201640101016301650101", "0101620164",
                "0101620164020102", "010162016400", "010162016401ac0200", "0101620164020303")) {
            assertThatThrownBy(() -> decode(broken)).as(broken).isInstanceOf(CorruptionException.class);
        }
    }

    @Test
    void aTableMayOnlyDeleteRanges() {
        AtomicLong ids = new AtomicLong();
        UUID store = new UUID(1, 2);
        TableSequence.Place place = new TableSequence.Place(directory, store, ids::incrementAndGet,
                TableOptions.DEFAULTS, 1000, () -> 7);
        try (TableSequence tables = new TableSequence(place);
                TableCache cache = new TableCache(directory, store, true, new BlockCache<>(1 << 16), new PinBudget(0),
                        4)) {
            tables.deletions(example());
            List<TableSequence.Output> outputs = tables.finish();
            assertThat(outputs).hasSize(1);
            FileMetadata file = FileMetadata.of(outputs.get(0), 0);
            assertThat(file.rangeDeletions()).isOne();
            assertThat(file.entries()).isZero();
            assertThat(file.smallestUserKey()).isEqualTo(new byte[] {'b'});
            assertThat(file.largestUserKey()).isEqualTo(new byte[] {'d'});
            assertThat(file.minVersion()).isEqualTo(300);
            TableReader reader = cache.get(file.id());
            assertThat(reader.rangeDeletions().deletions()).hasSize(1);
            assertThat(reader.cursor(true).first()).isFalse();
            assertThat(reader.cursor(true).last()).isFalse();
            assertThat(reader.cursor(true).seek(new byte[] {'c'}, 0, 1, 0)).isFalse();
        }
    }
}
