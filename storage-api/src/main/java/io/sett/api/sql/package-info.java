// SPDX-License-Identifier: Apache-2.0
/**
 * Relational storage by SQL: {@link io.sett.api.sql.SQLStore}, without any type of {@code java.sql}. Whoever needs a
 * {@code javax.sql.DataSource} gets it from {@code unwrap}.
 *
 * <h2>Parameters</h2>
 * A statement has positional parameters ({@code ?} or {@code ?1}) or named ones ({@code :name}), never both, and always
 * exactly as many as it is given. Values and what is stored of them:
 * <table>
 * <caption>Java values as SQL values</caption>
 * <tr><th>Java</th><th>stored</th></tr>
 * <tr><td>{@code Byte Short Integer Long}</td><td>integer</td></tr>
 * <tr><td>{@code Boolean}</td><td>integer 1 or 0</td></tr>
 * <tr><td>{@code Float Double}</td><td>real</td></tr>
 * <tr><td>{@code String Character}</td><td>text</td></tr>
 * <tr><td>{@code byte[]}, {@code Slice}</td><td>blob</td></tr>
 * <tr><td>{@code BigInteger BigDecimal UUID LocalDate} and enums</td><td>text: {@code toPlainString}, {@code toString},
 * {@code name}</td></tr>
 * <tr><td>{@code Instant}</td><td>text {@code 2026-05-04T03:02:01.000000000Z}, always nine digits, so that it
 * sorts</td></tr>
 * <tr><td>{@code Optional}</td><td>its content; empty is SQL NULL</td></tr>
 * </table>
 * Null is refused with {@code INVALID_ARGUMENT}; write {@code Optional.empty()}. So are other types. Arrays are read
 * before the call returns.
 *
 * <h2>Columns</h2>
 * Columns are counted from 0 and named as the query names them; names are compared without regard to case, and of two
 * equal names the first counts. {@link io.sett.api.sql.Row} says which conversions there are.
 *
 * <h2>Statements</h2>
 * A method that takes one statement refuses text that holds a second one; that is what
 * {@link io.sett.api.sql.SqlOperations#executeScript} is for. Never build SQL from values; pass parameters.
 *
 * <h2>Errors common to all operations</h2>
 * {@code STORE_CLOSED}; {@code SQL_STATEMENT} when the statement is wrong (syntax, unknown table, wrong kind of method,
 * wrong number of parameters); {@code SQL_CONSTRAINT} when the schema forbids the change; {@code READ_ONLY_STORE} and
 * {@code READ_ONLY_TXN}; {@code DEADLINE_EXCEEDED}, {@code CONNECTION_POOL_EXHAUSTED}, {@code RESOURCE_LOCK_TIMEOUT}
 * and {@code CANCELLED}; {@code CORRUPTION}, {@code INSUFFICIENT_DISK_SPACE} and {@code STORAGE_UNAVAILABLE}. A
 * statement that failed has changed nothing. Waiting for other writers is the store's business: "busy" never reaches
 * the caller before the time of the call is over.
 */
@NullMarked
package io.sett.api.sql;

import org.jspecify.annotations.NullMarked;
