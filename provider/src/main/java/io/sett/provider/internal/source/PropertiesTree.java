// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.source;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** Turns a properties file into the tree of Typesafe Config, each value with its file and line. */
final class PropertiesTree {

    private final String label;
    private final String file;
    private final Map<String, Object> root = new LinkedHashMap<>();

    private PropertiesTree(String label, String file) {
        this.label = label;
        this.file = file;
    }

    static ConfigObject parse(String text, String label, String file) {
        PropertiesTree tree = new PropertiesTree(label, file);
        String[] lines = text.split("\r\n|\r|\n", -1);
        int next = 0;
        while (next < lines.length) {
            int first = next;
            StringBuilder logical = new StringBuilder(lines[next++]);
            while (continues(logical) && next < lines.length) {
                logical.append('\n').append(lines[next++]);
            }
            tree.add(logical.toString(), first + 1);
        }
        return ConfigValueFactory.fromMap(tree.root);
    }

    /** Whether a line ends with an odd number of backslashes and is no comment. */
    private static boolean continues(CharSequence line) {
        String text = line.toString().stripLeading();
        if (text.startsWith("#") || text.startsWith("!")) {
            return false;
        }
        int slashes = 0;
        while (slashes < text.length() && text.charAt(text.length() - 1 - slashes) == '\\') {
            slashes++;
        }
        return slashes % 2 == 1;
    }

    private void add(String logicalLine, int line) {
        Properties one = new Properties();
        try {
            one.load(new StringReader(logicalLine));
        } catch (IOException | IllegalArgumentException wrong) {
            throw Unreadable.text(label, line, "properties", String.valueOf(wrong.getMessage()), wrong);
        }
        ConfigOrigin origin = ConfigOriginFactory.newFile(file).withLineNumber(line);
        one.stringPropertyNames().forEach(key -> put(root, key, key,
                ConfigValueFactory.fromAnyRef(one.getProperty(key)).withOrigin(origin), line));
    }

    @SuppressWarnings("unchecked")
    private void put(Map<String, Object> target, String path, String rest, ConfigValue value, int line) {
        int dot = rest.indexOf('.');
        String first = dot < 0 ? rest : rest.substring(0, dot);
        if (dot < 0) {
            if (target.putIfAbsent(first, value) != null) {
                throw Unreadable.text(label, line, "repeats the key '" + path + "'; keep one of the two");
            }
            return;
        }
        Object section = target.computeIfAbsent(first, name -> new LinkedHashMap<String, Object>());
        if (section instanceof ConfigValue) {
            throw Unreadable.text(label, line, "sets '" + path + "' although a part of it has a value of its own");
        }
        put((Map<String, Object>) section, path, rest.substring(dot + 1), value, line);
    }
}
