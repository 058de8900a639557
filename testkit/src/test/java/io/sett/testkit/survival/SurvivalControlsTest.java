// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sett.testkit.EngineHarness;
import io.sett.testkit.fault.CrashModel;
import io.sett.testkit.fault.Fault;
import io.sett.testkit.fault.FileOperation;
import io.sett.testkit.reference.Flaw;
import io.sett.testkit.reference.JournalledEngine;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The checks acquit a store with a right journal and convict each wrong one, for its reason. */
class SurvivalControlsTest {

    /** A check that the kit offers. */
    @FunctionalInterface
    interface Check {

        /** Runs it on an engine. */
        void on(EngineHarness engine);
    }

    private static final long SEED = 11;

    private static final Check STRICT = engine -> new CrashCheck(engine, SEED).sizes(40, 150).run();
    private static final Check JOURNALLED =
            engine -> new CrashCheck(engine, SEED).model(CrashModel.JOURNALLED).sizes(40, 150).run();
    private static final Check FORCES =
            engine -> assertThat(new FaultSweep(engine, SEED).run(FileOperation.FORCE, Fault.EIO, false)).isPositive();
    private static final Check DAMAGE = engine -> new DamageSweep(engine, SEED, true).run(150);

    static Stream<Arguments> convictions() {
        return Stream.of(arguments(Flaw.NO_FORCE, JOURNALLED, "were acknowledged"),
                arguments(Flaw.NO_DIRECTORY_FORCE, STRICT, "were acknowledged"),
                arguments(Flaw.NO_CHECKSUM, JOURNALLED, "crash at point"),
                arguments(Flaw.NO_CHECKSUM, DAMAGE, "FLIP of journal"),
                arguments(Flaw.NO_END_MARK, JOURNALLED, "the value of key/"),
                arguments(Flaw.SWALLOWED_ERROR, FORCES, "was acknowledged and is lost"));
    }

    @ParameterizedTest
    @MethodSource("convictions")
    void flawedJournalsAreConvicted(Flaw flaw, Check check, String reason) {
        check.on(EngineHarness.of(new JournalledEngine(Flaw.NONE)));
        AssertionError error = catchThrowableOfType(AssertionError.class,
                () -> check.on(EngineHarness.of(new JournalledEngine(flaw))));
        assertThat(error).as("%s must be caught", flaw).isNotNull();
        assertThat(error.getMessage()).as("the reason for %s", flaw).contains(reason).contains("seed " + SEED);
    }

    @Test
    void everyFlawIsConvicted() {
        Set<Flaw> convicted = convictions().map(each -> (Flaw) each.get()[0]).collect(Collectors.toSet());
        assertThat(convicted).isEqualTo(EnumSet.complementOf(EnumSet.of(Flaw.NONE)));
    }

    @Test
    void aFullDiskIsSurvivedByTheRightJournal() {
        assertThat(new SpaceSweep(EngineHarness.of(new JournalledEngine(Flaw.NONE)), SEED).run(20))
                .isGreaterThan(10);
    }
}
