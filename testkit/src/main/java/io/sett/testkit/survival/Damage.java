// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.survival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** Ways in which a file goes bad. */
public enum Damage {
    /** One bit is another. */
    FLIP,
    /** A sector of 512 bytes is zero. */
    ZERO,
    /** The end is missing. */
    TRUNCATE,
    /** Nothing is in it. */
    EMPTY,
    /** It is not there. */
    REMOVE,
    /** It was exchanged with another file of its kind. */
    SWAP,
    /** It is as it was some time before. */
    STALE,
    /** Something follows its end. */
    APPEND;

    private static final int SECTOR = 512;

    /**
     * Damages a file in place.
     *
     * @param file what is damaged
     * @param at where, for a flip and a zeroed sector; how much stays, for a cut
     * @param other the file to swap with, or the old copy; not used otherwise
     * @return whether anything is different afterwards
     */
    public boolean apply(Path file, long at, Path other, Random random) throws IOException {
        byte[] before = Files.readAllBytes(file);
        byte[] after = before.clone();
        switch (this) {
            case FLIP -> after[(int) at] ^= (byte) (1 << random.nextInt(8));
            case ZERO -> {
                int from = (int) (at / SECTOR * SECTOR);
                Arrays.fill(after, from, Math.min(after.length, from + SECTOR), (byte) 0);
            }
            case TRUNCATE -> after = Arrays.copyOf(before, (int) at);
            case EMPTY -> after = new byte[0];
            case APPEND -> {
                after = Arrays.copyOf(before, before.length + 1 + random.nextInt(100));
                for (int i = before.length; i < after.length; i++) {
                    after[i] = (byte) random.nextInt();
                }
            }
            case REMOVE -> {
                Files.delete(file);
                return true;
            }
            case SWAP -> {
                after = Files.readAllBytes(other);
                Files.write(other, before);
            }
            case STALE -> after = Files.readAllBytes(other);
        }
        Files.write(file, after);
        return !Arrays.equals(before, after);
    }
}
