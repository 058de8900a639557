// SPDX-License-Identifier: Apache-2.0
package io.sett.moduletests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Says on which JDKs the packaged jars were run. */
class JdksIT {

    @Test
    void saysWhichJdksAreUsed(TestReporter reporter) {
        String newer = Jdk.newer().map(jdk -> jdk + " in " + jdk.home()).orElse("NONE FOUND: the packaged jars run on "
                + Jdk.running() + " only; set -D" + Jdk.NEWER_PROPERTY + "=<home of a newer JDK>");
        reporter.publishEntry("running JDK", Jdk.running() + " in " + Jdk.running().home());
        reporter.publishEntry("newer JDK", newer);
        System.out.println("Packaged jars are run on " + Jdk.running() + "; newer JDK: " + newer);

        assertThat(Jdk.all()).isNotEmpty().doesNotHaveDuplicates().allMatch(jdk -> jdk.feature() >= 17);
    }
}
