// SPDX-License-Identifier: Apache-2.0
package io.sett.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {

    /** Every error name of the source documents. */
    private static final List<String> DOCUMENTED = List.of("ErrKeyNotFound", "ErrRetry", "ErrConflict",
            "ErrReadOnlyTxn", "ErrTxnTooBig", "ErrTxnConflict", "ErrTxnTimeout", "ErrTxnDiscarded", "ErrBackupFailed",
            "ErrRestoreFailed", "ErrBackupCorrupted", "ErrInsufficientSpace", "ErrStoreClosed", "ErrTransactionFailed",
            "ErrBatchWriteFailed", "ErrInvalidConfig", "ErrStorageEngineNotFound", "ErrProviderNotInitialized",
            "ErrInvalidStorageType", "ErrInsufficientDiskSpace", "ErrMemoryExhausted", "ErrConnectionPoolExhausted",
            "ErrResourceLockTimeout", "ErrCacheFull", "ErrEntryTooLarge", "ErrCacheClosed", "ErrInvalidTTL",
            "ErrTTLExpired", "ErrTTLNotSet", "ErrTTLUpdateFailed", "ErrMemoryFragmentation", "ErrShardOverflow",
            "ErrGCPressure");

    @Test
    void everyDocumentedNameHasExactlyOneConstant() {
        List<String> names = Arrays.stream(ErrorCode.values()).map(ErrorCode::documentedName)
                .filter(name -> !name.isEmpty()).toList();
        assertThat(names).containsExactlyInAnyOrderElementsOf(DOCUMENTED);
    }

    @Test
    void theTwinOfInsufficientDiskSpaceIsNeverThrown() {
        var thrown = new OutOfSpaceException(ErrorCode.INSUFFICIENT_SPACE, "disk full");
        assertThat(thrown.code()).isEqualTo(ErrorCode.INSUFFICIENT_DISK_SPACE);
    }

    @Test
    void conflictsAndTimeoutsAreRetryableAndMistakesAreNot() {
        Set<ErrorCode> retryable = Arrays.stream(ErrorCode.values()).filter(ErrorCode::retryable)
                .collect(Collectors.toSet());
        assertThat(retryable).contains(ErrorCode.TXN_CONFLICT, ErrorCode.RETRY, ErrorCode.DEADLINE_EXCEEDED)
                .doesNotContain(ErrorCode.INVALID_ARGUMENT, ErrorCode.CORRUPTION, ErrorCode.STORE_CLOSED);
    }

    @Test
    void anUnknownOutcomeIsNeverRetryable() {
        var cause = new IllegalStateException("connection lost");
        var unknown = DeadlineExceededException.unknownOutcome(ErrorCode.DEADLINE_EXCEEDED, "commit", Map.of(), cause);
        assertThat(unknown.outcomeUnknown()).isTrue();
        assertThat(unknown.retryable()).isFalse();
        assertThat(unknown).hasCause(cause);
    }

    @Test
    void detailsAreTextAndCannotBeChanged() {
        var thrown = new LimitExceededException(ErrorCode.ENTRY_TOO_LARGE, "too large", Map.of("limit", 10));
        assertThat(thrown.details()).isEqualTo(Map.of("limit", "10")).isUnmodifiable();
        assertThat(thrown.toString()).contains("ENTRY_TOO_LARGE").contains("too large");
    }

    @Test
    void theHierarchyIsSealed() {
        assertThat(StorageException.class.isSealed()).isTrue();
        assertThat(StorageException.class.getPermittedSubclasses()).hasSize(14)
                .allMatch(type -> java.lang.reflect.Modifier.isFinal(type.getModifiers()));
    }
}
