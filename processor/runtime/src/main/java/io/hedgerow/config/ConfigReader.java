package io.hedgerow.config;

import io.hedgerow.topics.MonitorTopics;
import io.hedgerow.topics.Topics;
import io.hedgerow.yaml.Nearest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a configuration of a file's entries: each key known, each value in range, nothing missing. A key is declared where its
 * value is handed to the room that uses it, here and in the other classes named after keys; the reference lists what is read.
 */
public final class ConfigReader {
    // RATIONALE: Why is a setting declared where it is handed over?
    /** The least that makes a configuration. */
    private static final Map<String, String> LEAST = Map.of(
            "kafka.bootstrap.servers", "localhost:9092",
            "registry.schema.registry.url", "http://localhost:8081",
            "models[0].name", "name",
            "models[0].path", "path",
            "alerts.webhooks[0].url", "http://localhost");

    private static final String KAFKA = "kafka.";

    private final Entries entries;
    private final Values values;

    private ConfigReader(Path folder, Entries entries) {
        this.entries = entries;
        this.values = new Values(folder, entries);
    }

    /**
     * Reads a file.
     *
     * @param environment variables that values may name
     * @throws ConfigurationException naming file, line and key of the first thing that is wrong
     */
    public static HedgerowConfig read(Path file, Map<String, String> environment) {
        Entries entries = YamlReader.read(file, new Environment(environment));
        return new ConfigReader(file.resolveSibling(""), entries).checked();
    }

    /**
     * Takes values by their keys in the reference, such as {@code batch.size} and {@code models[0].name}.
     *
     * @throws ConfigurationException naming the key of the first thing that is wrong
     */
    public static HedgerowConfig of(Map<String, String> values) {
        return new ConfigReader(Path.of(""), entries(values)).checked();
    }

    /** Every key, in the order of the reference: as they are read, but those of one name's together. */
    static List<Key<?>> keys() {
        ConfigReader reader = new ConfigReader(Path.of(""), entries(LEAST));
        var unused = reader.read(List.of());
        List<Key<?>> keys = reader.values.keys();
        Map<String, Integer> last = new HashMap<>();
        for (Key<?> key : keys) {
            last.put(key.group(), keys.indexOf(key));
        }
        return keys.stream()
                .sorted(Comparator.comparing(key -> last.getOrDefault(key.group(), 0)))
                .toList();
    }

    private static Entries entries(Map<String, String> values) {
        Entries entries = new Entries("configuration");
        values.forEach((path, text) -> entries.put(path, text, 0));
        return entries;
    }

    private HedgerowConfig checked() {
        List<Key<?>> keys = keys();
        entries.paths().forEach(path -> checkKnown(path, keys));
        return read(checkKafka());
    }

    private HedgerowConfig read(List<String> strange) {
        String application = values.get(Key.text(
                "application.id", "hedgerow", "Names the Streams application: its consumer group and its state."));
        ClientSettings kafka = values.clients(
                Key.any(
                        "kafka",
                        "Settings of Kafka Streams and its clients by their own names; `bootstrap.servers` is needed."),
                "bootstrap.servers");
        ClientSettings registry = values.clients(
                Key.any(
                        "registry",
                        "Settings of the schema registry's client by Confluent's names; `schema.registry.url` is"
                                + " needed."),
                "schema.registry.url");
        TopicKeys names = new TopicKeys(values);
        Topics topics = names.topics();
        MonitorTopics monitorTopics = names.monitor();
        ModelKeys models = new ModelKeys(values);
        var all = models.models();
        Duration batchLimit = values.get(Key.duration(
                "timeouts.batch",
                "60s",
                "100ms",
                "10m",
                "How long a batch may take before its device counts as hung."));
        var devices = models.devices(batchLimit);
        LimitKeys limits = new LimitKeys(values);
        var images = limits.images();
        var events = limits.events();
        var records = limits.records(images);
        var compile = limits.compile();
        var explaining = limits.explaining(events, batchLimit);
        boolean audited = AuditKeys.enabled(values);
        var signing = AuditKeys.signing(values);
        boolean monitored = values.get(Key.flag(
                "monitor.enabled",
                true,
                "Whether what the models look at is monitored, in the topics for it, by an application of its own."));
        MonitorKeys monitoring = new MonitorKeys(values);
        var monitor = monitoring.settings(all.size(), audited);
        float faithfulness = monitoring.faithfulness();
        var alerts = new AlertKeys(values).alerts();
        HttpKeys http = new HttpKeys(values);
        return new HedgerowConfig(
                application,
                kafka,
                registry,
                audited ? topics : new Topics(topics.input(), topics.explanations(), topics.deadLetters()),
                monitored ? monitorTopics : null,
                all,
                devices,
                images,
                compile,
                records,
                explaining.withFaithfulness(monitored ? faithfulness : 0),
                signing,
                monitor,
                alerts,
                http.server(),
                http.access(),
                values.get(Key.duration(
                        "timeouts.startup",
                        "2m",
                        "1s",
                        "10m",
                        "How long to wait for the broker and the registry at start.")),
                values.get(
                        Key.duration("timeouts.shutdown", "30s", "0s", "10m", "How long to drain when told to stop.")),
                strange,
                values.effective());
    }

    private void checkKnown(String path, List<Key<?>> keys) {
        if (keys.stream().noneMatch(key -> key.covers(path))) {
            String hint = Nearest.of(path, keys.stream().map(Key::path).toList())
                    .map(name -> "; did you mean " + name + "?")
                    .orElse("; the known ones are listed in the configuration reference");
            throw entries.error(path, path + " is no known key" + hint);
        }
    }

    /** Refuses slips in Kafka's settings; those that are nothing like Kafka's are returned. */
    private List<String> checkKafka() {
        KafkaKeys known = new KafkaKeys();
        List<String> names = entries.paths().stream()
                .filter(path -> path.startsWith(KAFKA))
                .map(path -> path.substring(KAFKA.length()))
                .toList();
        for (String name : names) {
            known.meant(name).ifPresent(meant -> {
                String path = KAFKA + name;
                throw entries.error(path, path + " is no setting of Kafka's; did you mean " + KAFKA + meant + "?");
            });
        }
        return known.unknown(names);
    }
}
