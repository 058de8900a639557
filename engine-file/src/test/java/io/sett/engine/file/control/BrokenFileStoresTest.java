// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sett.api.file.FileStore;
import io.sett.engine.file.internal.FileEngineProvider;
import io.sett.spi.EngineProvider;
import io.sett.testkit.EngineHarness;
import io.sett.testkit.file.FileStoreContract;
import io.sett.testkit.model.FileModelHistory;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of file stores convicts every broken one, by the test and with the reason that belong to its fault. */
class BrokenFileStoresTest {

    /** Some faults show only when threads meet. */
    private static final int RUNS = 10;

    private static volatile FileFault fault = FileFault.NONE;

    /** The contract on stores with the current fault; run by the tests below, not by itself. */
    static class Suspect extends FileStoreContract {

        @Override
        protected EngineProvider engine() {
            return BrokenFileStoresTest.engine(fault);
        }
    }

    private static EngineProvider engine(FileFault planted) {
        return new FaultyEngine(new FileEngineProvider(), store -> new FaultyFileStore((FileStore) store, planted));
    }

    static Stream<Arguments> convictions() {
        return Stream.of(
                arguments(FileFault.EARLY_VISIBLE, "nothingIsVisibleBeforeTheCommit", "but was: \"!\""),
                arguments(FileFault.CLOSE_COMMITS, "anAbandonedFileLeavesNothing", "\"old\""),
                arguments(FileFault.CLOSE_COMMITS, "aFunctionCommitsOrDiscards", "but was: \"half\""),
                arguments(FileFault.LAX_NAMES, "hostileNamesAreRefusedByEveryMethod",
                        "must be refused with INVALID_NAME"),
                arguments(FileFault.FOLLOWS_LINKS, "symbolicLinksAreNotFollowed", "leads out of the store"),
                arguments(FileFault.HIDES_DAMAGE, "damageIsFoundWhenAFileIsRead", "expected a CorruptionException"),
                arguments(FileFault.COPY_IS_ALIAS, "filesCanBeCopied", "a copy is a file of its own"),
                arguments(FileFault.MOVE_KEEPS_SOURCE, "filesCanBeMoved", "Expecting value to be false"),
                arguments(FileFault.ALWAYS_OVERWRITES, "overwritingCanBeForbidden",
                        "expected a InvalidOperationException"),
                arguments(FileFault.ALWAYS_OVERWRITES, "ofTwoWhoMayNotOverwriteOneWins",
                        "expected a InvalidOperationException"),
                arguments(FileFault.RANGE_OFF_BY_ONE, "rangesAreReadAlone", "but was: \"345\""),
                arguments(FileFault.IGNORES_SEEK, "aFileIsReadFromAnyPosition", "expected: 299000L"),
                arguments(FileFault.LOSES_APPENDS, "appendsOfManyThreadsDoNotMix", "to appear only once in"),
                arguments(FileFault.UNSORTED_LIST, "listShowsTheFilesOfOneDirectorySorted", "a.txt"),
                arguments(FileFault.LISTS_DIRECTORIES, "listShowsTheFilesOfOneDirectorySorted", "\"empty\""),
                arguments(FileFault.STALE_INFO, "saveReplacesAndMayBeEmpty", "but was: 20L"),
                arguments(FileFault.LEAKS, "loadReturnsWhatWasSaved", "left open in store 'test'"),
                arguments(FileFault.USE_AFTER_CLOSE, "aClosedStoreRefusesEverything", "expected a ClosedException"),
                arguments(FileFault.FORGETS, "everythingIsThereAfterReopening", "d/b"),
                arguments(FileFault.DELETES_FULL_DIRECTORIES, "directoriesCanBeDeleted",
                        "expected a InvalidOperationException"),
                arguments(FileFault.IGNORES_EXPECTED_CHECKSUM, "anExpectedChecksumIsCompared",
                        "expected a CorruptionException"),
                arguments(FileFault.SILENT_WATCH, "everyChangeOfAFileIsTold", "CREATED a"),
                arguments(FileFault.IGNORES_QUOTA, "aQuotaIsKept", "expected a StorageException"));
    }

    @ParameterizedTest
    @MethodSource("convictions")
    void theContractConvicts(FileFault planted, String test, String reason) {
        assertThat(verdict(FileFault.NONE, test)).as("the right store").isEmpty();
        String verdict = "";
        for (int i = 0; i < RUNS && verdict.isEmpty(); i++) {
            verdict = verdict(planted, test);
        }
        assertThat(verdict).as("the reason that %s gives for %s", test, planted).contains(reason);
    }

    private static String verdict(FileFault planted, String test) {
        fault = planted;
        try {
            return Trial.verdict(Suspect.class, test);
        } finally {
            fault = FileFault.NONE;
        }
    }

    @Test
    void everyFaultIsConvicted() {
        Set<FileFault> convicted =
                convictions().map(arguments -> (FileFault) arguments.get()[0]).collect(Collectors.toSet());
        assertThat(convicted).isEqualTo(EnumSet.complementOf(EnumSet.of(FileFault.NONE)));
    }

    @ParameterizedTest
    @EnumSource(value = FileFault.class, names = {"CLOSE_COMMITS", "MOVE_KEEPS_SOURCE", "ALWAYS_OVERWRITES",
        "RANGE_OFF_BY_ONE", "UNSORTED_LIST", "FORGETS", "LEAKS"})
    void randomHistoriesConvictToo(FileFault planted) {
        EngineHarness harness = EngineHarness.of(engine(planted));
        String message = "";
        for (int i = 0; i < RUNS && message.isEmpty(); i++) {
            try {
                FileModelHistory.check(harness, 1, 150);
            } catch (AssertionError found) {
                message = found.getMessage();
            }
        }
        assertThat(message).as("random histories must catch %s", planted).contains("repeat it with -Dsett.seed=");
    }
}
