// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The engine of the stores that {@link StoreExtension} injects: on a parameter, a test method or a test class, the
 * nearest one counting.
 */
@Target({ElementType.PARAMETER, ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Engine {

    /** Id or alias of an engine on the module path or class path. */
    String value();

    /** Settings of the store, each as {@code name=value}. */
    String[] settings() default {};
}
