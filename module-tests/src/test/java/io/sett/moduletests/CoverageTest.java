// SPDX-License-Identifier: Apache-2.0
package io.sett.moduletests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of coverage lists every promise once, counts right and names only tests that exist. */
class CoverageTest {

    private static final int PROMISES = 354;
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*(?:Test|IT|Theme))(?:\\.(\\w+))?`");
    private static final Pattern COUNTED = Pattern.compile("\\| (\\w+) \\| (\\d+) \\| .* \\|");

    private final Path project = project();

    /** A line of the page: cells between bars. */
    private record Row(String number, String promise, String status, String missing, String tests) {

        static Row of(String line) {
            String[] cells = line.split("\\|", -1);
            assertThat(cells).as(line).hasSize(7);
            return new Row(cells[1].strip(), cells[2].strip(), cells[3].strip(), cells[4].strip(), cells[5].strip());
        }
    }

    /** The working directory or the nearest one above it that has the page. */
    private static Path project() {
        Path start = Path.of("").toAbsolutePath();
        for (Path at = start; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("docs/coverage.md"))) {
                return at;
            }
        }
        throw new IllegalStateException("no docs/coverage.md in or above " + start);
    }

    private List<String> page() throws IOException {
        return Files.readAllLines(project.resolve("docs/coverage.md"));
    }

    private List<Row> rows() throws IOException {
        return page().stream().filter(line -> line.startsWith("| S")).map(Row::of).toList();
    }

    @Test
    void everyPromiseIsListedOnceAndInOrder() throws IOException {
        assertThat(rows()).extracting(Row::number)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, PROMISES).mapToObj(i -> "S" + i).toList());
    }

    @Test
    void everyStatusIsLegalAndStated() throws IOException {
        assertThat(rows()).isNotEmpty().allSatisfy(row -> {
            assertThat(row.promise()).isNotEmpty();
            assertThat(row.status()).isIn("done", "part", "open");
            assertThat(NAMED.matcher(row.tests()).find()).as("%s names a test", row)
                    .isEqualTo(!row.status().equals("open"));
            assertThat(row.missing().isEmpty()).as("%s says what is missing", row)
                    .isEqualTo(!row.status().equals("part"));
        });
    }

    @Test
    void theCountsAreRight() throws IOException {
        Map<String, Long> stated = page().stream().map(COUNTED::matcher).filter(Matcher::matches)
                .collect(Collectors.toMap(found -> found.group(1), found -> Long.parseLong(found.group(2))));
        assertThat(stated).isEqualTo(rows().stream()
                .collect(Collectors.groupingBy(Row::status, Collectors.counting())));
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Map<String, List<Path>> sources = sources();
        List<String> absent = new ArrayList<>();
        for (MatchResult named : page().stream().map(NAMED::matcher).flatMap(Matcher::results).toList()) {
            String method = named.group(2);
            boolean found = false;
            for (Path source : sources.getOrDefault(named.group(1), List.of())) {
                found |= method == null || Files.readString(source).contains("void " + method + "(");
            }
            if (!found) {
                absent.add(named.group());
            }
        }
        assertThat(absent).isEmpty();
    }

    /** Sources by the name of their class. */
    private Map<String, List<Path>> sources() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path parent : List.of(project, project.resolve("examples"))) {
            for (Path module : list(parent)) {
                Path sources = module.resolve("src");
                if (Files.isDirectory(sources)) {
                    try (Stream<Path> tree = Files.walk(sources)) {
                        tree.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
                    }
                }
            }
        }
        return files.stream()
                .collect(Collectors.groupingBy(file -> file.getFileName().toString().replace(".java", "")));
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.toList();
        }
    }
}
