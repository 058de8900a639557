// SPDX-License-Identifier: Apache-2.0
package io.sett.api.sql;

/**
 * Statements that take effect together or not at all. Serializable: as if transactions ran one after the other.
 *
 * <p>For one thread at a time; it may be handed on. It sees its own changes, others see them after the commit. Streams
 * opened in it end with it. After the end every method but {@link #rollback}, {@link #close} and {@link #isActive}
 * throws with {@code TXN_DISCARDED}. A statement that failed has changed nothing, and the transaction may go on unless
 * the error says that it was rolled back. One that is forgotten is rolled back and reported with the stack that began
 * it.
 */
public interface SqlTransaction extends SqlOperations, AutoCloseable {

    /** Makes all changes visible and durable; ends the transaction, also when it fails. */
    void commit();

    /** Drops all changes and ends the transaction. Idempotent, does nothing after a commit, never throws. */
    void rollback();

    /** Whether it has neither been committed nor rolled back. */
    boolean isActive();

    /**
     * Sets a point to which {@link #rollbackTo} can go back. Points nest; a name used again hides the older one. Needs
     * the capability {@code SAVEPOINTS}.
     *
     * @param name at most 63 letters, digits and underscores, no digit first; otherwise {@code INVALID_NAME}
     */
    void savepoint(String name);

    /** Drops what was changed since the point was set; the point stays. Unknown name: {@code INVALID_ARGUMENT}. */
    void rollbackTo(String name);

    /** Forgets a point and those set after it; the changes stay. Unknown name: {@code INVALID_ARGUMENT}. */
    void release(String name);

    /** Rolls back unless it was committed. Idempotent, never throws. */
    @Override
    void close();
}
