// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sett.api.common.Capability;
import io.sett.api.common.Store;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageException;
import io.sett.api.error.UnsupportedFeatureException;
import java.time.Duration;

/**
 * A group of tests of a contract: an interface whose default methods are the tests, so that one class can have many
 * groups and each group its own file.
 *
 * @param <S> the kind of store
 */
public interface ContractTheme<S extends Store> {

    /** A use of a store that is expected to fail. */
    @FunctionalInterface
    interface Use {

        /** Uses it. */
        void run() throws Throwable;
    }

    /** The stores of this test. */
    StoreFixture<S> fixture();

    /** Notes that a capability the engine lacks was refused as it must be; for the conformance table. */
    void noteRefused(Capability capability);

    /** The store under test. */
    default S store() {
        return fixture().store();
    }

    /** Whether the engine declares a capability. */
    default boolean offers(Capability capability) {
        return store().supports(capability);
    }

    /** Moves the clock of the test. */
    default void advance(Duration step) {
        fixture().clock().advance(step);
    }

    /** Each use must fail with an {@link UnsupportedFeatureException} that names the engine's lack. */
    default void refuses(Capability capability, Use... uses) {
        for (Use use : uses) {
            Throwable thrown = catchThrowable(use::run);
            assertThat(thrown).as("engine '%s' does not declare %s, so this must be refused", store().engine(),
                    capability).isInstanceOf(UnsupportedFeatureException.class);
            assertThat(((StorageException) thrown).code()).isEqualTo(ErrorCode.UNSUPPORTED_FEATURE);
            assertThat(thrown.getMessage()).as("the message names the missing capability")
                    .contains(capability.name());
        }
        noteRefused(capability);
    }

    /** The use must fail with this kind of error; the error is returned. */
    default <E extends StorageException> E failing(Class<E> type, Use use) {
        Throwable thrown = catchThrowable(use::run);
        assertThat(thrown).as("expected a %s", type.getSimpleName()).isInstanceOf(type);
        assertThat(thrown.getMessage()).as("an error says what happened").isNotBlank();
        return type.cast(thrown);
    }

    /** The use must fail with this kind of error and this code; the error is returned. */
    default <E extends StorageException> E failing(Class<E> type, ErrorCode code, Use use) {
        E error = failing(type, use);
        assertThat(error.code()).as("code of %s", error).isEqualTo(code);
        return error;
    }
}
