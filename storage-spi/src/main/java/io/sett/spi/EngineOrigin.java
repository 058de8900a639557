// SPDX-License-Identifier: Apache-2.0
package io.sett.spi;

import java.net.URI;
import java.security.CodeSource;
import java.util.Optional;

/** Tells where a class came from, for messages. */
final class EngineOrigin {

    private EngineOrigin() {
    }

    /** The jar or directory, with the module if it is named. */
    static String of(Class<?> type) {
        Module module = type.getModule();
        String place = Optional.ofNullable(type.getProtectionDomain().getCodeSource()).map(CodeSource::getLocation)
                .map(Object::toString).or(() -> moduleLocation(module).map(URI::toString)).orElse("an unknown place");
        return module.isNamed() ? place + " (module " + module.getName() + ")" : place;
    }

    private static Optional<URI> moduleLocation(Module module) {
        return Optional.ofNullable(module.getLayer())
                .flatMap(layer -> layer.configuration().findModule(module.getName()))
                .flatMap(resolved -> resolved.reference().location());
    }
}
