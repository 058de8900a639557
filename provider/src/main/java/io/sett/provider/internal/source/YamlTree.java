// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.source;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Turns YAML into the tree of Typesafe Config, each value with its file and line.
 *
 * <p>A section that stands twice is merged, as in HOCON, so that blocks of documentation can be pasted one below the
 * other; a value that stands twice is an error. Numbers stay as they are written: their setting says how to read them.
 */
final class YamlTree {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_NODES = 100_000;

    private final String label;
    private final String file;
    private int nodes;

    private YamlTree(String label, String file) {
        this.label = label;
        this.file = file;
    }

    static ConfigObject parse(String text, String label, String file) {
        LoadSettings settings = LoadSettings.builder().setLabel(label).setSchema(new CoreSchema()).build();
        Node root;
        try {
            root = new Composer(settings, new ParserImpl(settings, new StreamReader(settings, text))).getSingleNode()
                    .orElse(null);
        } catch (MarkedYamlEngineException wrong) {
            int line = wrong.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            throw Unreadable.text(label, line, "YAML", wrong.getProblem(), wrong);
        } catch (YamlEngineException wrong) {
            throw Unreadable.text(label, 0, "YAML", String.valueOf(wrong.getMessage()), wrong);
        }
        YamlTree tree = new YamlTree(label, file);
        if (root == null || root.getTag().equals(Tag.NULL)) {
            return ConfigValueFactory.fromMap(Map.of());
        }
        if (!(root instanceof MappingNode mapping)) {
            throw Unreadable.text(label, line(root), "must be a mapping that starts with 'storage:'");
        }
        return tree.object(mapping, 0);
    }

    private ConfigValue value(Node node, int depth) {
        if (++nodes > MAX_NODES || depth > MAX_DEPTH) {
            throw Unreadable.text(label, line(node), "is too large: at most " + MAX_NODES + " values, " + MAX_DEPTH
                    + " levels deep, aliases counted where they are used");
        }
        if (node instanceof MappingNode mapping) {
            return object(mapping, depth);
        }
        if (node instanceof SequenceNode sequence) {
            List<ConfigValue> items = new ArrayList<>();
            sequence.getValue().forEach(item -> items.add(value(item, depth + 1)));
            return ConfigValueFactory.fromIterable(items).withOrigin(origin(node));
        }
        ScalarNode scalar = (ScalarNode) node;
        return scalar(scalar).withOrigin(origin(node));
    }

    private static ConfigValue scalar(ScalarNode scalar) {
        if (scalar.getTag().equals(Tag.NULL)) {
            return ConfigValueFactory.fromAnyRef(null);
        }
        if (scalar.getTag().equals(Tag.BOOL)) {
            return ConfigValueFactory.fromAnyRef(Boolean.valueOf(scalar.getValue().toLowerCase(Locale.ROOT)));
        }
        return ConfigValueFactory.fromAnyRef(scalar.getValue());
    }

    private ConfigObject object(MappingNode mapping, int depth) {
        Map<String, ConfigValue> values = new LinkedHashMap<>();
        Map<String, Integer> lines = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw Unreadable.text(label, line(tuple.getKeyNode()), "has a key that is not a text");
            }
            ConfigValue added = value(tuple.getValueNode(), depth + 1);
            ConfigValue present = values.get(key.getValue());
            if (present != null && !(present instanceof ConfigObject && added instanceof ConfigObject)) {
                throw Unreadable.text(label, line(key), "repeats the key '" + key.getValue() + "' of line "
                        + lines.get(key.getValue()) + "; keep one of the two");
            }
            values.put(key.getValue(), present == null ? added : added.withFallback(present));
            lines.put(key.getValue(), line(key));
        }
        return ConfigValueFactory.fromMap(values).withOrigin(origin(mapping));
    }

    private ConfigOrigin origin(Node node) {
        return ConfigOriginFactory.newFile(file).withLineNumber(line(node));
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
