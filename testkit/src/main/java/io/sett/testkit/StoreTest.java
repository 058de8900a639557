// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test whose parameters may be stores.
 *
 * <pre>{@code
 * @StoreTest
 * void counts(@Engine("memory") KVStore store, TestClock clock) {
 *     assertThat(store.increment(key, 1)).isEqualTo(1);
 * }
 * }</pre>
 *
 * <p>See {@link StoreExtension}.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Test
@ExtendWith(StoreExtension.class)
public @interface StoreTest {
}
