// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of the SHA-256 of some bytes. Reusable, for one thread at a time. */
final class DoubleSha256 {
    private final MessageDigest sha256;

    DoubleSha256() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must offer SHA-256, this one does not", e);
        }
    }

    DoubleSha256 update(byte[] bytes, int from, int length) {
        sha256.update(bytes, from, length);
        return this;
    }

    DoubleSha256 update(Hash256 hash) {
        sha256.update(hash.toByteArray());
        return this;
    }

    /** The hash of everything given since the last call. */
    Hash256 finish() {
        byte[] once = sha256.digest();
        return Hash256.copyOf(sha256.digest(once), 0);
    }

    Hash256 of(byte[] bytes, int from, int length) {
        return update(bytes, from, length).finish();
    }
}
