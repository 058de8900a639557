// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit;

import io.sett.api.common.Capability;
import io.sett.api.common.Store;
import io.sett.spi.EngineProvider;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The root of all contracts. Authors of engines extend the contract of a kind and name their engine; everything else
 * has a default.
 *
 * <p>Every test has stores of its own, in directories of its own, and must leave nothing open.
 *
 * @param <S> the kind of store
 */
@ExtendWith(ConformanceTable.class)
@Timeout(120)
public abstract class StoreContract<S extends Store> implements ContractTheme<S> {

    private final Class<S> type;
    private @Nullable StoreFixture<S> fixture;
    private @Nullable ConformanceReport report;

    /** For the contracts of the single kinds. */
    protected StoreContract(Class<S> type) {
        this.type = type;
    }

    /** The engine under test. */
    protected abstract EngineProvider engine();

    /** Settings of every store that is opened, laid over the defaults of the engine. */
    protected Map<String, ?> settings() {
        return Map.of();
    }

    /** A word for this set of settings, when an engine runs the contract several times; part of the table's name. */
    protected String variant() {
        return "";
    }

    /** The engine, its settings and its directories; override it for another file system. */
    protected EngineHarness harness() {
        return EngineHarness.of(engine(), settings());
    }

    @Override
    public final StoreFixture<S> fixture() {
        if (fixture == null) {
            fixture = new StoreFixture<>(type, harness());
        }
        return fixture;
    }

    @Override
    public final void noteRefused(Capability capability) {
        if (report != null) {
            report.refused(capability);
        }
    }

    final void reportTo(ConformanceReport target) {
        report = target;
    }

    final Class<S> type() {
        return type;
    }

    /** Closes the stores of the test and fails when something was left open. */
    @AfterEach
    final void closeFixture() {
        if (fixture != null) {
            boolean interrupted = Thread.interrupted();
            fixture.close();
            if (interrupted) {
                throw new AssertionError("the test left the interrupt flag set");
            }
        }
    }
}
