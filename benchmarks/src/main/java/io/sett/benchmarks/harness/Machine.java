// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.harness;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the results were measured on, for the head of a file of raw results. */
public final class Machine {

    private Machine() {
    }

    /** Machine, Java and date. */
    public static List<String> describe() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return List.of("machine: " + system.getAvailableProcessors() + " × " + processor() + ", "
                + Math.round(system.getTotalMemorySize() / (double) (1L << 30)) + " GiB, "
                + System.getProperty("os.name") + " " + System.getProperty("os.version"),
                "java: " + System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                "date: " + LocalDate.now());
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name")).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).trim()).orElse("processor");
        } catch (IOException notLinux) {
            return "processor (" + System.getProperty("os.arch") + ")";
        }
    }

    /** Names and versions of the jars on the class path whose names begin so. */
    public static String versions(String... names) {
        return Stream.of(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
                .map(entry -> Path.of(entry).getFileName().toString().replaceFirst("\\.jar$", ""))
                .filter(jar -> Stream.of(names).anyMatch(name -> jar.toLowerCase(Locale.ROOT).startsWith(name)))
                .sorted().collect(Collectors.joining(", "));
    }
}
