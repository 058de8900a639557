// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.cache;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.sett.testkit.Stress;
import io.sett.testkit.Theme;
import io.sett.testkit.model.CacheModelHistory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random histories against a model. */
@Theme("model")
public interface CacheModelTheme extends CacheTheme {

    @Test
    @Timeout(3600)
    default void randomHistoriesMatchTheModel() {
        assertThatCode(() -> CacheModelHistory.check(fixture().harness(), Stress.times(10, 2000), 400))
                .doesNotThrowAnyException();
    }
}
