// SPDX-License-Identifier: Apache-2.0
package io.sett.moduletests;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import io.sett.moduletests.Jars.Library;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Packages: no cycles, and the ranks of those of the engines. */
class PackagesIT {

    /** A package may use packages of lower rank only; the public one, on top, may use all. */
    private static final Map<String, Integer> LSM = Map.ofEntries(
            Map.entry("io.sett.engine.lsm", 14),
            Map.entry("io.sett.engine.lsm.internal", 13),
            Map.entry("io.sett.engine.lsm.internal.backup", 12),
            Map.entry("io.sett.engine.lsm.internal.gc", 11),
            Map.entry("io.sett.engine.lsm.internal.txn", 10),
            Map.entry("io.sett.engine.lsm.internal.commit", 9),
            Map.entry("io.sett.engine.lsm.internal.recovery", 8),
            Map.entry("io.sett.engine.lsm.internal.compaction", 7),
            Map.entry("io.sett.engine.lsm.internal.ingest", 7),
            Map.entry("io.sett.engine.lsm.internal.flush", 7),
            Map.entry("io.sett.engine.lsm.internal.read", 6),
            Map.entry("io.sett.engine.lsm.internal.version", 5),
            Map.entry("io.sett.engine.lsm.internal.vlog", 5),
            Map.entry("io.sett.engine.lsm.internal.table", 4),
            Map.entry("io.sett.engine.lsm.internal.memtable", 4),
            Map.entry("io.sett.engine.lsm.internal.wal", 4),
            Map.entry("io.sett.engine.lsm.internal.cache", 3),
            Map.entry("io.sett.engine.lsm.internal.codec", 2),
            Map.entry("io.sett.engine.lsm.internal.io", 1),
            Map.entry("io.sett.engine.lsm.internal.jfr", 0),
            Map.entry("io.sett.engine.lsm.internal.base", 0));

    private static final Map<String, Integer> FILE = Map.ofEntries(
            Map.entry("io.sett.engine.file", 4),
            Map.entry("io.sett.engine.file.internal", 3),
            Map.entry("io.sett.engine.file.internal.store", 2),
            Map.entry("io.sett.engine.file.internal.temp", 2),
            Map.entry("io.sett.engine.file.internal.kv", 2),
            Map.entry("io.sett.engine.file.internal.content", 2),
            Map.entry("io.sett.engine.file.internal.nio", 2),
            Map.entry("io.sett.engine.file.internal.format", 1),
            Map.entry("io.sett.engine.file.internal.name", 1),
            Map.entry("io.sett.engine.file.internal.common", 0),
            Map.entry("io.sett.engine.file.internal.io", 0));

    private static final Map<String, Integer> API = Map.of(
            "io.sett.api", 3,
            "io.sett.api.kv", 2,
            "io.sett.api.cache", 2,
            "io.sett.api.file", 2,
            "io.sett.api.sql", 2,
            "io.sett.api.event", 2,
            "io.sett.api.common", 1,
            "io.sett.api.error", 0);

    static List<Library> libraries() {
        return Jars.LIBRARIES;
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void haveNoCyclesWithinALibrary(Library library) {
        slices().matching("io.sett.(**)").should().beFreeOfCycles().check(Code.of(library));
    }

    @Test
    void haveNoCyclesAcrossLibraries() {
        slices().matching("io.sett.(**)").should().beFreeOfCycles().check(Code.all());
    }

    @Test
    void ofTheLsmEngineKeepTheirRanks() {
        JavaClasses classes = Code.of("engine-lsm");

        assertThat(names(classes)).isSubsetOf(LSM.keySet()).hasSizeGreaterThanOrEqualTo(16);
        assertThat(upward(classes, LSM)).isEmpty();
    }

    @Test
    void ofTheFileEngineKeepTheirRanks() {
        JavaClasses classes = Code.of("engine-file");

        assertThat(names(classes)).isEqualTo(FILE.keySet());
        assertThat(upward(classes, FILE)).isEmpty();
    }

    @Test
    void ofTheApiKeepTheirRanks() {
        JavaClasses classes = Code.of("storage-api");

        assertThat(names(classes)).isEqualTo(API.keySet());
        assertThat(upward(classes, API)).isEmpty();
    }

    private static Set<String> names(JavaClasses classes) {
        return classes.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> upward(JavaClasses classes, Map<String, Integer> ranks) {
        List<String> wrong = new ArrayList<>();
        for (JavaClass type : classes) {
            for (Dependency use : type.getDirectDependenciesFromSelf()) {
                String from = type.getPackageName();
                String to = Code.element(use.getTargetClass()).getPackageName();
                if (!from.equals(to) && ranks.containsKey(to) && ranks.get(to) >= ranks.get(from)) {
                    wrong.add(use.getDescription());
                }
            }
        }
        return wrong;
    }
}
