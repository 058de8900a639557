// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sett.spi.EngineProvider;
import io.sett.testkit.kv.KVStoreContract;
import io.sett.testkit.model.KVModelHistory;
import io.sett.testkit.reference.Fault;
import io.sett.testkit.reference.ReferenceEngine;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The kit convicts every broken engine, by the test and with the reason that belong to its fault. */
class BrokenEnginesTest {

    /** Some faults show only when threads meet; that so many runs all miss one is next to impossible. */
    private static final int RUNS = 10;

    private static volatile Fault fault = Fault.NONE;

    /** The contract on the engine with the current fault; run by the tests below, not by itself. */
    static class Suspect extends KVStoreContract {

        @Override
        protected EngineProvider engine() {
            return new ReferenceEngine(fault, true);
        }
    }

    static Stream<Arguments> convictions() {
        return Stream.of(
                arguments(Fault.DIRTY_READ, "g1aAbortedReads", "dirty read"),
                arguments(Fault.DIRTY_READ, "aTransactionSeesItsOwnWritesAndNobodyElseDoes", "a=old"),
                arguments(Fault.LOST_UPDATE, "p4LostUpdate", "P4, an update was lost"),
                arguments(Fault.LOST_UPDATE, "incrementsOfManyThreadsAddUp", "expected: 3200L"),
                arguments(Fault.LOST_UPDATE, "updatesOfManyThreadsAreNotLost", "updates that were lost"),
                arguments(Fault.WRITE_SKEW, "g2ItemWriteSkew", "G2-item, write skew"),
                arguments(Fault.WRITE_SKEW, "g2AntiDependencyCycles", "G2"),
                arguments(Fault.PHANTOM, "phantomsInsertedIntoARangeThatWasCounted", "a phantom was inserted"),
                arguments(Fault.PHANTOM, "g2AntiDependencyCycles", "G2"),
                arguments(Fault.EXPIRED_VISIBLE, "anEntryIsThereUntilItsTimeIsOver", "at the moment of its expiry"),
                arguments(Fault.EXPIRED_UNCOVERS, "anExpiredEntryDoesNotUncoverAnOlderOne", "must not give way"),
                arguments(Fault.SWALLOWED_ERROR, "aKeyOverTheLimitIsRefused", "expected a LimitExceededException"),
                arguments(Fault.LEAK, "keysComeInUnsignedByteOrder", "left open in store 'test'"),
                arguments(Fault.LEAK, "ordinaryCallsLeaveNothingOpen", "cursor"),
                arguments(Fault.REVERSE_ORDER, "keysComeInUnsignedByteOrder", "reverse is the mirror of forward"),
                arguments(Fault.TORN_BATCH, "readersSeeAllOfABatchOrNothing", "half of a batch was seen"),
                arguments(Fault.TORN_BATCH, "aBatchIsOneVersion", "expected"),
                arguments(Fault.USE_AFTER_CLOSE, "aClosedStoreRefusesEverything", "expected a ClosedException"),
                arguments(Fault.LIVING_SLICE, "slicesDieWithTheMove", "expected a ClosedException"),
                arguments(Fault.SILENT_NO_OP, "pessimisticModeIsOfferedOrRefused",
                        "does not declare PESSIMISTIC_TRANSACTIONS, so this must be refused"),
                arguments(Fault.FORGETS, "manyReopeningsLoseNothing", "after reopening number"),
                arguments(Fault.REVIVES, "whatIsDeletedStaysDeleted", "deleted keys in round"),
                arguments(Fault.KEEPS_ARGUMENTS, "argumentsAreCopied", "key=value"),
                arguments(Fault.IGNORES_INTERRUPT, "anInterruptedWriteWritesNothing", "CancelledException"),
                arguments(Fault.NO_LOCK, "aSecondOpeningNamesTheHolder", "expected a StorageException"));
    }

    @ParameterizedTest
    @MethodSource("convictions")
    void theContractConvicts(Fault planted, String test, String reason) {
        assertThat(run(Fault.NONE, test)).as("the right engine").containsExactly(Map.entry(test, ""));
        Map<String, String> results = Map.of();
        for (int i = 0; i < RUNS && results.getOrDefault(test, "").isEmpty(); i++) {
            results = run(planted, test);
        }
        assertThat(results).as("%s must be caught by %s", planted, test).containsOnlyKeys(test);
        assertThat(results.get(test)).as("the reason that %s gives", test).contains(reason);
    }

    private static Map<String, String> run(Fault planted, String test) {
        fault = planted;
        try {
            return ContractRun.of(Suspect.class, test);
        } finally {
            fault = Fault.NONE;
        }
    }

    @Test
    void everyFaultIsConvicted() {
        Set<Fault> convicted =
                convictions().map(arguments -> (Fault) arguments.get()[0]).collect(Collectors.toSet());
        assertThat(convicted).isEqualTo(EnumSet.complementOf(EnumSet.of(Fault.NONE)));
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"DIRTY_READ", "LOST_UPDATE", "EXPIRED_VISIBLE", "EXPIRED_UNCOVERS",
        "REVERSE_ORDER", "FORGETS", "REVIVES", "LEAK"})
    void randomHistoriesConvictToo(Fault planted) {
        EngineHarness harness = EngineHarness.of(new ReferenceEngine(planted, true));
        AssertionError error = null;
        for (long seed = 1; error == null && seed <= 20; seed++) {
            error = failure(harness, seed);
        }
        assertThat(error).as("random histories must catch %s", planted).isNotNull();
        assertThat(error.getMessage()).contains("repeat it with -Dsett.seed=").contains("reduced from 400 to");
        int reduced = Integer.parseInt(error.getMessage().replaceAll("(?s).*reduced from 400 to (\\d+).*", "$1"));
        assertThat(reduced).as("length of the reduced history: %s", error.getMessage()).isLessThanOrEqualTo(12);
    }

    private static AssertionError failure(EngineHarness harness, long seed) {
        try {
            KVModelHistory.check(harness, seed, 400);
            return null;
        } catch (AssertionError expected) {
            return expected;
        }
    }
}
