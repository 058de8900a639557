// SPDX-License-Identifier: Apache-2.0
package io.sett.spi;

import java.util.Map;
import io.sett.api.error.ConfigurationException;
import io.sett.api.error.ErrorCode;

/**
 * The version of this SPI that an engine was built for. Minor versions add, major versions break.
 *
 * @param major engines of another major version are refused
 * @param minor engines of a higher minor version are refused, lower ones are fine
 */
public record SpiVersion(int major, int minor) {

    /** The version of this library. */
    public static final SpiVersion CURRENT = new SpiVersion(1, 0);

    /** Whether an engine built for that version works with this one. */
    public boolean accepts(SpiVersion engine) {
        return engine.major == major && engine.minor <= minor;
    }

    /** Refuses an engine of a version that does not work here. */
    void require(EngineProvider engine, String origin) {
        SpiVersion built = engine.spiVersion();
        if (!accepts(built)) {
            throw new ConfigurationException(ErrorCode.INVALID_CONFIG, "engine '" + engine.id() + "' from " + origin
                    + " was built for SPI " + built + ", this is SPI " + this + " and accepts " + major + ".0 to "
                    + this + "; use versions of the engine and of io.sett that belong together",
                    Map.of("engine", engine.id(), "engineSpi", built, "spi", this));
        }
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
