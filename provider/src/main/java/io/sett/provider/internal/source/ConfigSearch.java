// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.source;

import io.sett.api.error.ConfigurationException;
import io.sett.api.error.ErrorCode;
import io.sett.spi.log.Loggers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;

/**
 * Finds and reads the configuration: an explicit file, else {@code -Dstorage.config}, else {@code storage.conf},
 * {@code .yaml}, {@code .yml}, {@code .json} or {@code .properties} in the working directory, else the same names on
 * the class path, else nothing. The profile, if one is set, adds the file {@code storage-<profile>.*} beside it.
 */
public final class ConfigSearch {

    /** The system property that names the file. */
    public static final String FILE_PROPERTY = "storage.config";
    /** The system property that names the profile. */
    public static final String PROFILE_PROPERTY = "storage.profile";
    /** The environment variable that names the profile. */
    public static final String PROFILE_VARIABLE = "STORAGE_PROFILE";

    private static final Logger LOG = Loggers.of(ConfigSearch.class);

    /** What was found, and where an overlay has to lie. */
    private record Base(ConfigText text, Optional<Path> file, String stem) {
    }

    private final Surroundings around;

    /** A search in these surroundings. */
    public ConfigSearch(Surroundings around) {
        this.around = around;
    }

    /** Layers of the explicit file, lowest first. */
    public List<Layer> read(Path file) {
        return layers(Optional.of(fromFile(file)));
    }

    /** Layers of whatever is found, lowest first; none when nothing is. */
    public List<Layer> read() {
        String named = around.properties().get(FILE_PROPERTY);
        if (named != null) {
            return layers(Optional.of(fromFile(Path.of(named))));
        }
        return layers(inDirectory().or(this::onClassPath));
    }

    private Base fromFile(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return new Base(ConfigText.read(file, around), Optional.of(file), dot < 0 ? name : name.substring(0, dot));
    }

    private Optional<Base> inDirectory() {
        List<Path> found = candidates(around.directory(), RootSection.NAME);
        if (found.size() > 1) {
            LOG.warn("several configuration files in {}: {} is used, {} ignored",
                    around.directory().toAbsolutePath(), found.get(0).getFileName(),
                    found.subList(1, found.size()).stream().map(Path::getFileName).toList());
        }
        return found.stream().findFirst().map(this::fromFile);
    }

    private static List<Path> candidates(Path directory, String stem) {
        return Notation.allEndings().stream().map(ending -> directory.resolve(stem + "." + ending))
                .filter(Files::exists).toList();
    }

    private Optional<Base> onClassPath() {
        return resource(RootSection.NAME).map(text -> new Base(text, Optional.empty(), RootSection.NAME));
    }

    private Optional<ConfigText> resource(String stem) {
        return Notation.allEndings().stream()
                .flatMap(ending -> ConfigText.resource(stem + "." + ending, around.loader()).stream()).findFirst();
    }

    private List<Layer> layers(Optional<Base> base) {
        List<ConfigText> texts = new ArrayList<>();
        base.ifPresent(found -> texts.add(found.text()));
        List<Layer> layers = texts.isEmpty() ? List.of() : ConfigLayers.of(texts, around);
        Optional<String> profile = profile(layers);
        if (profile.isEmpty()) {
            return layers;
        }
        texts.add(overlay(base, profile.get()));
        return ConfigLayers.of(texts, around);
    }

    private Optional<String> profile(List<Layer> layers) {
        return Optional.ofNullable(around.properties().get(PROFILE_PROPERTY))
                .or(() -> Optional.ofNullable(around.environment().get(PROFILE_VARIABLE)))
                .or(() -> layers.stream().map(layer -> layer.values().get("profile")).filter(value -> value != null
                        && !Layer.isEmpty(value)).map(value -> String.valueOf(value.raw())).findFirst())
                .filter(name -> !name.isBlank());
    }

    private ConfigText overlay(Optional<Base> base, String profile) {
        String stem = base.map(Base::stem).orElse(RootSection.NAME) + "-" + profile;
        Path directory = base.flatMap(Base::file).map(file -> around.directory().resolve(file).toAbsolutePath()
                .getParent()).orElse(around.directory());
        List<Path> found = candidates(directory, stem);
        if (!found.isEmpty()) {
            return ConfigText.read(found.get(0), around);
        }
        return resource(stem).orElseThrow(() -> new ConfigurationException(ErrorCode.INVALID_CONFIG,
                "there is no configuration for the profile '" + profile + "': looked for " + stem + "."
                        + String.join("|", Notation.allEndings()) + " in " + directory.toAbsolutePath()
                        + " and on the class path. Make that file or unset storage.profile",
                Map.of("profile", profile)));
    }
}
