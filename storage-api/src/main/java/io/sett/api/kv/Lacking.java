// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import io.sett.api.common.Capability;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.UnsupportedFeatureException;
import java.util.Map;

/** The errors of engines that lack what is optional, for the default methods of the interfaces. */
final class Lacking {

    private Lacking() {
    }

    static UnsupportedFeatureException keyspaces(String who) {
        return error(Capability.KEYSPACES, who + " has no keyspaces", "use an engine that has it, or prefixes of keys");
    }

    static UnsupportedFeatureException bulkLoad(String who) {
        return error(Capability.BULK_LOAD, who + " cannot load entries in bulk", "write them in batches");
    }

    private static UnsupportedFeatureException error(Capability capability, String what, String help) {
        return new UnsupportedFeatureException(ErrorCode.UNSUPPORTED_FEATURE, what + ", its engine lacks the "
                + "capability " + capability + "; " + help, Map.of("capability", capability));
    }
}
