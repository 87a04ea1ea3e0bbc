package io.hedgerow.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Takes a YAML file apart. A list of scalars is one text with commas; an empty value is as good as none. Variables are
 * replaced in values, after parsing.
 */
final class YamlReader {
    private final Environment environment;
    private final Entries entries;

    private YamlReader(Environment environment, Entries entries) {
        this.environment = environment;
        this.entries = entries;
    }

    static Entries read(Path file, Environment environment) {
        Entries entries = new Entries(file.toString());
        try (Reader reader = Files.newBufferedReader(file)) {
            // Nodes rather than objects: they know their lines, and no class is ever made of them.
            new YamlReader(environment, entries).addRoot(new Yaml(new LoaderOptions()).compose(reader));
        } catch (NoSuchFileException e) {
            throw new ConfigurationException("There is no configuration file " + file);
        } catch (IOException e) {
            throw new ConfigurationException(file + " can't be read as text: " + e);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            throw entries.error(mark == null ? 0 : mark.getLine() + 1, "not valid YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw entries.error(0, "not valid YAML: " + e.getMessage());
        }
        return entries;
    }

    private void addRoot(@Nullable Node root) {
        if (root instanceof MappingNode mapping) {
            addAll("", mapping);
        } else if (root != null) {
            throw entries.error(line(root), "keys and values were expected here");
        }
    }

    private void addAll(String prefix, MappingNode mapping) {
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw entries.error(line(tuple.getKeyNode()), "a name was expected as the key");
            }
            add(prefix + key.getValue(), tuple.getValueNode(), line(key));
        }
    }

    private void add(String path, Node value, int line) {
        if (value instanceof MappingNode mapping) {
            addAll(path + ".", mapping);
        } else if (value instanceof SequenceNode sequence) {
            addList(path, sequence, line);
        } else if (value instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
            entries.put(path, text(path, scalar), line);
        }
    }

    private void addList(String path, SequenceNode sequence, int line) {
        List<Node> items = sequence.getValue();
        if (items.stream().allMatch(ScalarNode.class::isInstance)) {
            List<String> texts =
                    items.stream().map(item -> text(path, (ScalarNode) item)).toList();
            entries.put(path, String.join(",", texts), line);
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            add(path + "[" + i + "]", items.get(i), line(items.get(i)));
        }
    }

    private String text(String path, ScalarNode scalar) {
        try {
            return environment.replace(scalar.getValue());
        } catch (IllegalArgumentException e) {
            throw entries.error(line(scalar), path + ": " + e.getMessage());
        }
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
