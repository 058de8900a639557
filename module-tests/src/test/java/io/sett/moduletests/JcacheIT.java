// SPDX-License-Identifier: Apache-2.0
package io.sett.moduletests;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The provider of the standard of caches, found as a service and served by an engine that is found as a service. */
class JcacheIT {

    private static final String MAIN = "org.example.jcacheput.JcachePut";

    @TempDir
    Path directory;

    static List<Jdk> jdks() {
        return Jdk.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void servesTheStandardOnModulePathAndClassPath(Jdk jdk) {
        Path app = Compiled.jar("jcache-put", directory, Jars.modules());
        List<Path> path = Compiled.plus(List.of(Jars.library("storage-api"), Jars.library("storage-spi"),
                Jars.library("engine-memcache"), Jars.library("jcache"), Jars.foreign("slf4j-api"),
                Jars.foreign("cache-api")), app);
        String expected = "one is 1, kept by io.sett.jcache.spi.SettCachingProvider";

        JavaRun.on(jdk, directory).modulePath(path).module("org.example.jcacheput/" + MAIN).succeeded()
                .printed(expected).silent();
        JavaRun.on(jdk, directory).classPath(path).mainClass(MAIN).succeeded().printed(expected).silent();
    }
}
