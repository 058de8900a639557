// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sett.api.file.TempStore;
import io.sett.engine.file.internal.TempEngineProvider;
import io.sett.spi.EngineProvider;
import io.sett.testkit.file.TempStoreContract;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of temporary stores convicts every broken one, with the reason that belongs to its fault. */
class BrokenTempStoresTest {

    private static volatile TempFault fault = TempFault.NONE;

    /** The contract on stores with the current fault; run by the tests below, not by itself. */
    static class Suspect extends TempStoreContract {

        @Override
        protected EngineProvider engine() {
            TempFault planted = fault;
            return new FaultyEngine(new TempEngineProvider(), store -> new FaultyTempStore((TempStore) store, planted));
        }
    }

    static Stream<Arguments> convictions() {
        return Stream.of(
                arguments(TempFault.EXPIRED_VISIBLE, "filesVanishWhenTheirTimeIsOver", "not expected"),
                arguments(TempFault.REMOVES_TWICE, "removedFilesAreGone", "Expecting value to be false"),
                arguments(TempFault.LEAVES_HALF_FILES, "aFileCanBeMadeWithContent", "nothing remains when the content"),
                arguments(TempFault.TAKES_NEGATIVE_TTL, "timesThatMakeNoSenseAreRefused",
                        "expected a InvalidOperationException"),
                arguments(TempFault.LAX_NAMES, "hostileNamesAreRefused", "expected a InvalidOperationException"),
                arguments(TempFault.UNSORTED_LIST, "listingMatchesIds", "group is not sorted"),
                arguments(TempFault.IGNORES_PATTERN, "listingMatchesIds", "not expected"),
                arguments(TempFault.USE_AFTER_CLOSE, "aClosedStoreRefusesEverything", "expected a ClosedException"),
                arguments(TempFault.KEEPS_DIRECTORIES, "directoriesVanishWithAllInThem", "Expecting value to be false"),
                arguments(TempFault.SURVIVES_CLOSE, "nothingSurvivesARestart", "needle"),
                arguments(TempFault.MISCOUNTS, "usageAndQuota", "expected: 1000L"),
                arguments(TempFault.KEEPS_AFTER_BODY, "withFileRemovesItInAnyCase", "Expecting empty but was"));
    }

    @ParameterizedTest
    @MethodSource("convictions")
    void theContractConvicts(TempFault planted, String test, String reason) {
        assertThat(verdict(TempFault.NONE, test)).as("the right store").isEmpty();
        assertThat(verdict(planted, test)).as("the reason that %s gives for %s", test, planted).contains(reason);
    }

    private static String verdict(TempFault planted, String test) {
        fault = planted;
        try {
            return Trial.verdict(Suspect.class, test);
        } finally {
            fault = TempFault.NONE;
        }
    }

    @Test
    void everyFaultIsConvicted() {
        Set<TempFault> convicted =
                convictions().map(arguments -> (TempFault) arguments.get()[0]).collect(Collectors.toSet());
        assertThat(convicted).isEqualTo(EnumSet.complementOf(EnumSet.of(TempFault.NONE)));
    }
}
