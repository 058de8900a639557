// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.recovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Who holds the lock of a directory, in words. Every opening writes what costs next to nothing; what is dear to find
 * out (when a process started, by which command, a date in words) is added for the one who is turned away.
 */
final class LockHolder {

    private static final String PROCESS = "pid ";
    private static final String SINCE = "since_ms ";

    private LockHolder() {
    }

    /** This process, as it stands in the lock file. */
    static String describe(String opener) {
        return PROCESS + ProcessHandle.current().pid() + "\nhost " + host() + "\nstore '" + opener + "', thread "
                + Thread.currentThread().getName() + "\n" + SINCE + System.currentTimeMillis() + "\n";
    }

    /** What a lock file says, with what this machine knows about the process beside it. */
    static String complete(String written) {
        StringBuilder text = new StringBuilder();
        for (String part : written.split(", ")) {
            text.append(text.length() == 0 ? "" : ", ");
            if (part.startsWith(SINCE)) {
                text.append("since ").append(number(part, SINCE).map(Instant::ofEpochMilli).map(Instant::toString)
                        .orElse(part));
                continue;
            }
            text.append(part);
            if (part.startsWith(PROCESS)) {
                text.append(number(part, PROCESS).flatMap(ProcessHandle::of).map(LockHolder::details).orElse(""));
            }
        }
        return text.toString();
    }

    private static String details(ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        return info.startInstant().map(start -> " started " + start).orElse("")
                + info.command().map(command -> " command " + command).orElse("");
    }

    private static Optional<Long> number(String part, String name) {
        try {
            return Optional.of(Long.parseLong(part.substring(name.length()).trim()));
        } catch (NumberFormatException notWrittenByUs) {
            return Optional.empty();
        }
    }

    /** The name of this machine as the environment or the system tells it; a look-up of names could take seconds. */
    private static String host() {
        String name = System.getenv("HOSTNAME");
        if (name == null || name.isBlank()) {
            name = System.getenv("COMPUTERNAME");
        }
        if (name == null || name.isBlank()) {
            Path file = Path.of("/etc/hostname");
            try {
                name = Files.isReadable(file) ? Files.readString(file).strip() : "unknown";
            } catch (IOException e) {
                name = "unknown (" + e.getMessage() + ")";
            }
        }
        return name;
    }
}
