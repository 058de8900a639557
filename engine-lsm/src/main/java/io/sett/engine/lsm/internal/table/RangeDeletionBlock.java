// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.table;

import io.sett.engine.lsm.internal.base.Limits;
import io.sett.engine.lsm.internal.base.RangeDeletions;
import io.sett.engine.lsm.internal.codec.ByteReader;
import io.sett.engine.lsm.internal.codec.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The raw block with the ranges that a table deletes, see the package page. */
final class RangeDeletionBlock {

    private RangeDeletionBlock() {
    }

    static byte[] encode(RangeDeletions deletions) {
        ByteWriter out = new ByteWriter(64 * deletions.count());
        out.putVarint(deletions.count());
        for (int i = 0; i < deletions.count(); i++) {
            RangeDeletions.Fragment fragment = deletions.fragment(i);
            out.putBlob(fragment.start()).putBlob(fragment.end()).putVarint(fragment.versions().length);
            for (long version : fragment.versions()) {
                out.putVarint(version);
            }
        }
        return out.toByteArray();
    }

    static RangeDeletions decode(ByteReader in) {
        int count = in.getVarint(in.remaining());
        List<RangeDeletions.Fragment> fragments = new ArrayList<>();
        byte[] before = {};
        for (int i = 0; i < count; i++) {
            byte[] start = in.getBlob();
            byte[] end = in.getBlob();
            if (Arrays.compareUnsigned(before, start) > 0 || Arrays.compareUnsigned(start, end) >= 0) {
                throw in.damage("deleted range " + i + " is out of order");
            }
            fragments.add(new RangeDeletions.Fragment(start, end, versions(in)));
            before = end;
        }
        if (in.hasRemaining()) {
            throw in.damage("bytes follow the last deleted range");
        }
        return RangeDeletions.ofSorted(fragments);
    }

    private static long[] versions(ByteReader in) {
        long[] versions = new long[in.getVarint(in.remaining())];
        long before = Limits.MAX_VERSION;
        for (int i = 0; i < versions.length; i++) {
            versions[i] = in.getVarint();
            if (versions[i] < 0 || versions[i] > before || i > 0 && versions[i] == before) {
                throw in.damage("version " + versions[i] + " of a deleted range is out of order");
            }
            before = versions[i];
        }
        if (versions.length == 0) {
            throw in.damage("a deleted range without version");
        }
        return versions;
    }
}
