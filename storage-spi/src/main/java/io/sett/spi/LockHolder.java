// SPDX-License-Identifier: Apache-2.0
package io.sett.spi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Describes this process and the opener of a store, for whoever finds the store locked. */
final class LockHolder {

    private LockHolder() {
    }

    static String describe(String opener) {
        ProcessHandle process = ProcessHandle.current();
        ProcessHandle.Info info = process.info();
        return opener + ", process " + process.pid() + info.startInstant().map(at -> " started " + at).orElse("")
                + " on host " + host() + info.command().map(command -> ", command " + command).orElse("") + ", since "
                + Instant.now();
    }

    /** The name of the host without asking a name server. */
    private static String host() {
        String fromEnvironment = System.getenv("HOSTNAME");
        if (fromEnvironment != null && !fromEnvironment.isBlank()) {
            return fromEnvironment;
        }
        try {
            return Files.readString(Path.of("/etc/hostname")).strip();
        } catch (IOException | RuntimeException unknown) {
            String windows = System.getenv("COMPUTERNAME");
            return windows == null ? "(unknown)" : windows;
        }
    }
}
