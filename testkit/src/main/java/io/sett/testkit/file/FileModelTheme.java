// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.file;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.sett.testkit.Stress;
import io.sett.testkit.Theme;
import io.sett.testkit.model.FileModelHistory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random histories against a model. */
@Theme("model")
public interface FileModelTheme extends FileTheme {

    @Test
    @Timeout(3600)
    default void randomHistoriesMatchTheModel() {
        assertThatCode(() -> FileModelHistory.check(fixture().harness(), Stress.times(5, 1000), 150))
                .doesNotThrowAnyException();
    }
}
