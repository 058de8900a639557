// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a program in a JVM of its own, with the class path of this one, and takes the measurements that it prints. */
public final class ForkedJvm {

    private final List<String> options = new ArrayList<>();

    /** With the options that all measurements share. More may come as the system property {@code sett.bench.jvm}. */
    public ForkedJvm(String... own) {
        options.add("-XX:+UseSerialGC");
        options.add("-Dslf4j.internal.verbosity=ERROR");
        options.addAll(List.of("--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED"));
        options.addAll(List.of(own));
        String more = System.getProperty("sett.bench.jvm", "").trim();
        if (!more.isEmpty()) {
            options.addAll(List.of(more.split(" +")));
        }
    }

    /** Runs {@code main} and returns what it measured; its other output goes to standard error. */
    public List<Measurement> run(Class<?> program, String... arguments) throws IOException, InterruptedException {
        List<Measurement> found = new ArrayList<>();
        int code = start(program, found, arguments);
        if (code != 0) {
            throw new IOException(program.getSimpleName() + " " + String.join(" ", arguments) + " ended with code "
                    + code + "; see the lines above");
        }
        return found;
    }

    /** The same for a program that ends by itself with any code, such as one that is to die. */
    public int start(Class<?> program, List<Measurement> found, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith(Measurement.MARK)) {
                    found.add(Measurement.parse(line.substring(Measurement.MARK.length())));
                } else {
                    System.err.println("  | " + line);
                }
            }
        }
        return process.waitFor();
    }
}
