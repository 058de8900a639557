// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sett.api.sql.SQLStore;
import io.sett.engine.sqlite.internal.SqliteEngineProvider;
import io.sett.spi.EngineProvider;
import io.sett.testkit.sql.SQLStoreContract;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of SQL stores convicts every broken one, with the reason that belongs to its fault. */
class BrokenSqlStoresTest {

    /** Some faults show only when threads meet; that so many runs all miss one is next to impossible. */
    private static final int RUNS = 10;

    private static volatile SqlFault fault = SqlFault.NONE;

    /** The contract on stores with the current fault; run by the tests below, not by itself. */
    static class Suspect extends SQLStoreContract {

        @Override
        protected EngineProvider engine() {
            SqlFault planted = fault;
            return new FaultyEngine(new SqliteEngineProvider(), store -> new FaultySQLStore((SQLStore) store, planted));
        }
    }

    static Stream<Arguments> convictions() {
        return Stream.of(
                arguments(SqlFault.AUTOCOMMITS, "aTransactionIsVisibleAfterItsCommit", "others do not"),
                arguments(SqlFault.AUTOCOMMITS, "manyWritersTakeTurnsAndLoseNothing", "to contain"),
                arguments(SqlFault.ROLLBACK_COMMITS, "rollbackAndCloseDropEverything", "expected: 0L"),
                arguments(SqlFault.STALE_RESULTS, "cachedResultsFollowWrites", "after insert number"),
                arguments(SqlFault.TORN_BATCH, "batchesAreAllOrNothing", "not expected"),
                arguments(SqlFault.TORN_SCRIPT, "scriptsAreAllOrNothing", "expected: 2L"),
                arguments(SqlFault.RUNS_SECOND_STATEMENT, "wrongStatementsAreRefusedAndChangeNothing",
                        "expected a InvalidOperationException"),
                arguments(SqlFault.SWALLOWS_CONSTRAINTS, "wrongStatementsAreRefusedAndChangeNothing",
                        "expected a StorageException"),
                arguments(SqlFault.WRONG_KEYS, "generatedKeysAreTold", "not to be equal to"),
                arguments(SqlFault.SHORT_STREAM, "streamsReadWhileTheyAreConsumed",
                        "a view of the data as of the start of the query"),
                arguments(SqlFault.LEAKS_STREAMS, "streamsReadWhileTheyAreConsumed", "left open in store 'test'"),
                arguments(SqlFault.LIVING_ROWS, "aRowIsValidOnlyForItsMapper", "expected a ClosedException"),
                arguments(SqlFault.USE_AFTER_CLOSE, "aClosedStoreRefusesEverything", "to be false"),
                arguments(SqlFault.MIGRATES_AGAIN, "migrationsRunOnceInOrder", "already exists"),
                arguments(SqlFault.FORGETS_STEPS, "stepsThatRanStayAsTheyAre", "expected a FormatVersionException"),
                arguments(SqlFault.BACKUP_OVERWRITES, "backupsAreOfferedOrRefused",
                        "expected a InvalidOperationException"),
                arguments(SqlFault.MISCOUNTS, "countersAreExact", "expected: 1L"),
                arguments(SqlFault.IGNORES_SAVEPOINTS, "savepointsAreOfferedOrRefused", "expected: 2L"),
                arguments(SqlFault.NO_PLAN, "aPlanNamesTheIndexThatItUses", "by_name"),
                arguments(SqlFault.DOUBLES_QUOTES, "hostileTextsStayTexts", "drop table"));
    }

    @ParameterizedTest
    @MethodSource("convictions")
    void theContractConvicts(SqlFault planted, String test, String reason) {
        assertThat(verdict(SqlFault.NONE, test)).as("the right store").isEmpty();
        String verdict = "";
        for (int i = 0; i < RUNS && verdict.isEmpty(); i++) {
            verdict = verdict(planted, test);
        }
        assertThat(verdict).as("the reason that %s gives for %s", test, planted).contains(reason);
    }

    private static String verdict(SqlFault planted, String test) {
        fault = planted;
        try {
            return Trial.verdict(Suspect.class, test);
        } finally {
            fault = SqlFault.NONE;
        }
    }

    @Test
    void everyFaultIsConvicted() {
        Set<SqlFault> convicted =
                convictions().map(arguments -> (SqlFault) arguments.get()[0]).collect(Collectors.toSet());
        assertThat(convicted).isEqualTo(EnumSet.complementOf(EnumSet.of(SqlFault.NONE)));
    }
}
