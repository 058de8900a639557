// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name of a group of tests of a contract, as it stands in the conformance table. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Theme {

    /** The name, a word or two. */
    String value();
}
