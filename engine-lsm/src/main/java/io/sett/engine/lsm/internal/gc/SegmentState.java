// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.gc;

import io.sett.engine.lsm.internal.table.ValueReferences;
import io.sett.engine.lsm.internal.version.SegmentMetadata;
import io.sett.engine.lsm.internal.version.Version;
import java.util.ArrayList;
import java.util.List;

/**
 * One file of the value log and what of it is alive. Immutable.
 *
 * @param id number of the file
 * @param size bytes of the file
 * @param liveBytes bytes that tables refer to, frames included
 * @param liveValues values that tables refer to
 */
public record SegmentState(long id, long size, long liveBytes, long liveValues) {

    /** All files of a version. */
    public static List<SegmentState> of(Version version) {
        ValueReferences references = version.references();
        List<SegmentState> states = new ArrayList<>();
        int at = 0;
        for (SegmentMetadata segment : version.segments()) {
            while (at < references.count() && references.segment(at) < segment.id()) {
                at++;
            }
            boolean referred = at < references.count() && references.segment(at) == segment.id();
            states.add(new SegmentState(segment.id(), segment.size(), referred ? references.bytes(at) : 0,
                    referred ? references.entries(at) : 0));
        }
        return states;
    }

    /** Bytes that nothing refers to: overwritten and deleted values, and what stands around values in a log. */
    public long deadBytes() {
        return Math.max(0, size - liveBytes);
    }

    /** Part of the file that is dead, 0 to 1. */
    public double deadShare() {
        return size == 0 ? 0 : (double) deadBytes() / size;
    }
}
