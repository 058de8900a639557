// SPDX-License-Identifier: Apache-2.0
package io.sett.moduletests;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.ThrowsDeclaration;
import io.sett.moduletests.Jars.Library;
import java.lang.module.ModuleDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What library code does not do. */
class HouseRulesIT {

    /** The one prints a table for people, the other is a process of its own that acknowledges through its output. */
    private static final Set<String> PRINTS =
            Set.of("io.sett.testkit.ConformanceTable", "io.sett.testkit.survival.KillChild");

    /** The standard of caches stores any serializable object by value; nothing is read that it did not write. */
    private static final String SERIALIZES = "io.sett.jcache.internal.Serial";

    static List<Library> libraries() {
        return Jars.LIBRARIES;
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void printsNothing(Library library) {
        assertThat(accesses(library, (origin, access) -> access.getTargetOwner().isEquivalentTo(System.class)
                && Set.of("out", "err").contains(access.getName())
                && !PRINTS.contains(outermost(origin)))).isEmpty();
        assertThat(accesses(library, (origin, access) -> access.getName().equals("printStackTrace")
                && access.getTargetOwner().isAssignableTo(Throwable.class))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void doesNotSleep(Library library) {
        assertThat(accesses(library, (origin, access) -> access.getName().equals("sleep")
                && (access.getTargetOwner().isAssignableTo(Thread.class)
                || access.getTargetOwner().isEquivalentTo(java.util.concurrent.TimeUnit.class)))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void staysWithinNioPaths(Library library) {
        // Includes of HOCON files work for java.io.File alone; the configuration lies on the default file system.
        String reader = "io.sett.provider.internal.source.ConfigText";
        assertThat(accesses(library, (origin, access) -> !origin.getName().equals(reader)
                && access.getName().equals("toFile")
                && access.getTargetOwner().isAssignableTo(java.nio.file.Path.class))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void usesNeitherSerializationNorUnsafe(Library library) {
        Set<String> banned = Set.of("java.io.ObjectInputStream", "sun.misc.Unsafe", "jdk.internal.misc.Unsafe");

        assertThat(dependencies(library, target -> banned.contains(target.getName())))
                .allMatch(dependency -> dependency.contains(SERIALIZES));
    }

    /** That the rule above would see a class that does is seen here. */
    @Test
    void theCacheOfTheStandardSerializesInOnePlace() {
        assertThat(dependencies(library("jcache"), target -> target.getName().equals("java.io.ObjectInputStream")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void logsThroughLoggersThatAreSilentWithoutAProvider(Library library) {
        assertThat(accesses(library, (origin, access) -> access.getTargetOwner().getName()
                .equals("org.slf4j.LoggerFactory") && !origin.getPackageName().equals("io.sett.spi.log"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine-lsm", "engine-memcache", "engine-file", "engine-sqlite"})
    void enginesKnowNeitherEachOtherNorTheProvider(String artifact) {
        Library engine = library(artifact);
        Predicate<JavaClass> others = Code.in("io.sett.engine", "io.sett.provider", "io.sett.testkit",
                "com.google", "jakarta.inject", "com.typesafe");

        assertThat(dependencies(engine, others.and(Code.in(engine.module()).negate()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"storage-api", "storage-spi"})
    void showsNoTypeOfOtherLibraries(String artifact) {
        assertThat(foreignTypesShown(library(artifact), 20, Code.in("java", "io.sett", "org.jspecify"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = "testkit")
    void showsTypesOfTestLibrariesAtMost(String artifact) {
        assertThat(foreignTypesShown(library(artifact), 20,
                Code.in("java", "io.sett", "org.jspecify", "org.junit", "org.assertj"))).isEmpty();
    }

    /** The provider shows two on purpose. That the rule above would see them is seen here. */
    @Test
    void theProviderShowsItsTwoLibrariesWhereItMust() {
        assertThat(foreignTypesShown(library("provider"), 2, Code.in("java", "io.sett", "org.jspecify")))
                .containsExactly("io.sett.provider.StorageModule shows com.google.inject.AbstractModule",
                        "io.sett.provider.TypesafeSource shows com.typesafe.config.Config");
    }

    private static Library library(String artifact) {
        return Jars.LIBRARIES.stream().filter(one -> one.artifact().equals(artifact)).findFirst().orElseThrow();
    }

    private static String outermost(JavaClass type) {
        return type.getName().replaceAll("\\$.*", "");
    }

    private static List<String> accesses(Library library, BiPredicate<JavaClass, JavaAccess<?>> banned) {
        List<String> found = new ArrayList<>();
        for (JavaClass type : Code.of(library)) {
            type.getAccessesFromSelf().stream().filter(access -> banned.test(type, access))
                    .forEach(access -> found.add(access.getDescription()));
            type.getMethodReferencesFromSelf().stream().filter(access -> banned.test(type, access))
                    .forEach(access -> found.add(access.getDescription()));
        }
        return found;
    }

    private static List<String> dependencies(Library library, Predicate<JavaClass> banned) {
        return Code.of(library).stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(use -> banned.test(Code.element(use.getTargetClass()))).map(Dependency::getDescription)
                .toList();
    }

    private static Set<String> foreignTypesShown(Library library, int least, Predicate<JavaClass> allowed) {
        Set<String> exported = library.descriptor().exports().stream().filter(one -> !one.isQualified())
                .map(ModuleDescriptor.Exports::source).collect(Collectors.toSet());
        Set<String> foreign = new TreeSet<>();
        int seen = 0;
        for (JavaClass type : Code.of(library)) {
            if (exported.contains(type.getPackageName()) && isVisible(type)) {
                seen++;
                shownBy(type).forEach((JavaClass shown) -> {
                    JavaClass element = Code.element(shown);
                    if (!element.isPrimitive() && !allowed.test(element)) {
                        foreign.add(type.getName() + " shows " + element.getName());
                    }
                });
            }
        }
        assertThat(seen).as("public types of %s", library).isGreaterThanOrEqualTo(least);
        return foreign;
    }

    private static boolean isVisible(JavaClass type) {
        return isVisible(type.getModifiers()) && type.getEnclosingClass().map(HouseRulesIT::isVisible).orElse(true);
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    /** Every type in the declaration of a class and of its public and protected members, type arguments included. */
    private static Set<JavaClass> shownBy(JavaClass type) {
        List<JavaType> types = new ArrayList<>(type.getInterfaces());
        type.getSuperclass().ifPresent(types::add);
        type.getTypeParameters().forEach(parameter -> types.addAll(parameter.getUpperBounds()));
        for (JavaMember member : type.getMembers()) {
            if (!isVisible(member.getModifiers()) || member.getModifiers().contains(JavaModifier.SYNTHETIC)) {
                continue;
            }
            if (member instanceof JavaField field) {
                types.add(field.getType());
            } else if (member instanceof JavaCodeUnit code) {
                types.add(code.getReturnType());
                types.addAll(code.getParameterTypes());
                code.getTypeParameters().forEach(parameter -> types.addAll(parameter.getUpperBounds()));
                code.getThrowsClause().stream().map(ThrowsDeclaration::getRawType).forEach(types::add);
            }
        }
        return types.stream().flatMap(one -> one.getAllInvolvedRawTypes().stream()).collect(Collectors.toSet());
    }
}
