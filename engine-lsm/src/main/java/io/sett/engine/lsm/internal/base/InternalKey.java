// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.base;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A user key with the version and kind of one entry. In memory the user key is an array range and the rest a long, the
 * <em>trailer</em>; the flat form (see the package page) is used where keys are kept in file metadata.
 */
public final class InternalKey {

    /** Bytes of the trailer in the flat form. */
    public static final int TRAILER_LENGTH = Long.BYTES;

    /** Sorts before every entry of its user key. */
    public static final long FIRST_TRAILER = 0;

    /** Sorts behind every entry of its user key, or is the last of them. */
    public static final long LAST_TRAILER = -1;

    private InternalKey() {
    }

    /** The trailer of an entry; unsigned order puts higher versions first. */
    public static long trailer(long version, int kind) {
        return ~(version << 8 | kind);
    }

    /** The trailer from which a search finds the newest entry that is not above the version. */
    public static long seekTrailer(long version) {
        return trailer(version, EntryKind.SEEK);
    }

    /** The version in a trailer. */
    public static long version(long trailer) {
        return ~trailer >>> 8;
    }

    /** The kind in a trailer. */
    public static int kind(long trailer) {
        return (int) ~trailer & 0xff;
    }

    /** The flat form. */
    public static byte[] encode(byte[] userKey, int offset, int length, long trailer) {
        byte[] flat = new byte[length + TRAILER_LENGTH];
        System.arraycopy(userKey, offset, flat, 0, length);
        Bytes.putLongBE(flat, length, trailer);
        return flat;
    }

    /** The flat form. */
    public static byte[] encode(byte[] userKey, long version, int kind) {
        return encode(userKey, 0, userKey.length, trailer(version, kind));
    }

    /** Length of the user key in a flat key. */
    public static int userKeyLength(byte[] flat) {
        return flat.length - TRAILER_LENGTH;
    }

    /** A copy of the user key in a flat key. */
    public static byte[] userKey(byte[] flat) {
        return Arrays.copyOf(flat, userKeyLength(flat));
    }

    /** The trailer of a flat key. */
    public static long trailer(byte[] flat) {
        return Bytes.getLongBE(flat, userKeyLength(flat));
    }

    /** Order of entries. */
    public static int compare(byte[] left, int leftOffset, int leftLength, long leftTrailer, byte[] right,
            int rightOffset, int rightLength, long rightTrailer) {
        int order = Bytes.compare(left, leftOffset, leftLength, right, rightOffset, rightLength);
        return order != 0 ? order : Long.compareUnsigned(leftTrailer, rightTrailer);
    }

    /** Order of two flat keys. */
    public static int compare(byte[] left, byte[] right) {
        return compare(left, 0, userKeyLength(left), trailer(left), right, 0, userKeyLength(right), trailer(right));
    }

    /** Order of the user keys of two flat keys. */
    public static int compareUserKeys(byte[] left, byte[] right) {
        return Bytes.compare(left, 0, userKeyLength(left), right, 0, userKeyLength(right));
    }

    /** Order of the user key of a flat key and a plain user key. */
    public static int compareUserKey(byte[] flat, byte[] userKey) {
        return compareUserKey(flat, userKey, 0, userKey.length);
    }

    /** Order of the user key of a flat key and a plain user key. */
    public static int compareUserKey(byte[] flat, byte[] userKey, int offset, int length) {
        return Bytes.compare(flat, 0, userKeyLength(flat), userKey, offset, length);
    }

    /** For messages: the user key in hexadecimal (at most 64 bytes of it), version and kind. */
    public static String describe(byte[] flat) {
        if (flat.length < TRAILER_LENGTH) {
            return "malformed key " + HexFormat.of().formatHex(flat);
        }
        long trailer = trailer(flat);
        int shown = Math.min(userKeyLength(flat), 64);
        return HexFormat.of().formatHex(flat, 0, shown) + (shown < userKeyLength(flat) ? "…" : "")
                + "@" + version(trailer) + "/" + kind(trailer);
    }
}
