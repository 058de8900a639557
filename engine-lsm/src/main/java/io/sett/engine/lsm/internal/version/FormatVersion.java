// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.version;

/**
 * The format of a whole store: one number that only grows, kept in the header of the manifest. A change of any file
 * format that older versions of the library cannot read raises it. A store of a newer format is refused, one of an older
 * format is read as it is and gets the current number with its next manifest.
 */
public final class FormatVersion {

    /** What this version of the library writes. */
    public static final int CURRENT = 1;

    /** Kind of a manifest in its file header. */
    static final String MANIFEST_KIND = "MANI";

    private FormatVersion() {
    }
}
