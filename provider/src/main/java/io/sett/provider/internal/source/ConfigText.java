// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.source;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import io.sett.api.error.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One place that configuration is read from: a file or a resource.
 *
 * @param label as messages name it
 * @param tree what it says, substitutions unresolved
 */
record ConfigText(String label, Config tree) {

    /** Reads a file in the notation that its ending tells. */
    static ConfigText read(Path file, Surroundings around) {
        String label = Origins.label(file, around.directory());
        Path real = around.directory().resolve(file);
        Notation notation = Notation.of(file.getFileName().toString())
                .orElseThrow(() -> Unreadable.file(label, "has an ending that is not known; use one of "
                        + Notation.allEndings(), new IllegalArgumentException(label)));
        try {
            if (Files.isDirectory(real)) {
                throw Unreadable.file(label, "is a directory", new IOException(label));
            }
            String text = Files.readString(real);
            if (notation == Notation.HOCON && real.getFileSystem() == FileSystems.getDefault()) {
                return new ConfigText(label, includable(real, label));
            }
            return new ConfigText(label, parse(text, notation, label, real.toString()));
        } catch (NoSuchFileException missing) {
            throw Unreadable.file(label, "does not exist (looked for " + real.toAbsolutePath() + ")", missing);
        } catch (AccessDeniedException denied) {
            throw Unreadable.file(label, "cannot be read: access denied; let the user of this process read it", denied);
        } catch (CharacterCodingException wrong) {
            throw Unreadable.file(label, "is not UTF-8 text", wrong);
        } catch (IOException failed) {
            throw Unreadable.file(label, "cannot be read: " + failed.getMessage(), failed);
        }
    }

    /** HOCON from its file, so that {@code include} finds its neighbours. */
    private static Config includable(Path file, String label) {
        ConfigParseOptions options = ConfigParseOptions.defaults().setAllowMissing(false)
                .setSyntax(ConfigSyntax.CONF);
        try {
            return ConfigFactory.parseFile(file.toAbsolutePath().toFile(), options);
        } catch (ConfigException wrong) {
            throw unparsable(wrong, label, Notation.HOCON);
        }
    }

    /** Reads a resource, if there is one of that name. */
    static Optional<ConfigText> resource(String name, ClassLoader loader) {
        URL url = loader.getResource(name);
        if (url == null) {
            return Optional.empty();
        }
        String label = "class path: " + name;
        try (InputStream in = url.openStream()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Notation notation = Notation.of(name).orElseThrow();
            return Optional.of(new ConfigText(label, parse(text, notation, label, label)));
        } catch (IOException failed) {
            throw Unreadable.file(label, "cannot be read: " + failed.getMessage(), failed);
        }
    }

    private static Config parse(String text, Notation notation, String label, String file) {
        return switch (notation) {
            case YAML -> YamlTree.parse(text, label, file).toConfig();
            case PROPERTIES -> PropertiesTree.parse(text, label, file).toConfig();
            case HOCON, JSON -> parse(text, notation == Notation.JSON ? ConfigSyntax.JSON : ConfigSyntax.CONF, label,
                    file, notation);
        };
    }

    private static Config parse(String text, ConfigSyntax syntax, String label, String file, Notation notation) {
        try {
            return ConfigFactory.parseString(text,
                    ConfigParseOptions.defaults().setSyntax(syntax).setOriginDescription(file));
        } catch (ConfigException wrong) {
            throw unparsable(wrong, label, notation);
        }
    }

    static ConfigurationException unparsable(ConfigException wrong, String label, Notation notation) {
        ConfigOrigin origin = wrong.origin();
        return Unreadable.text(label, origin == null ? 0 : Math.max(0, origin.lineNumber()), notation.label(),
                String.valueOf(wrong.getMessage()), wrong);
    }
}
