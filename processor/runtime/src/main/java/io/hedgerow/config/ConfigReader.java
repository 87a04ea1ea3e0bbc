package io.hedgerow.config;

import io.hedgerow.config.HedgerowConfig.Audit;
import io.hedgerow.config.HedgerowConfig.Batch;
import io.hedgerow.config.HedgerowConfig.Http;
import io.hedgerow.config.HedgerowConfig.Limits;
import io.hedgerow.config.HedgerowConfig.Timeouts;
import io.hedgerow.config.HedgerowConfig.Topics;
import io.hedgerow.yaml.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a configuration of a file's entries: each key known, each value in range, nothing missing. */
final class ConfigReader {
    private final Path folder;
    private final Entries entries;
    private final Map<String, String> effective = new LinkedHashMap<>();

    /** Takes the folder that relative paths start from. */
    ConfigReader(Path folder, Entries entries) {
        this.folder = folder;
        this.entries = entries;
    }

    HedgerowConfig read() {
        entries.paths().forEach(this::checkKnown);
        checkKafka();
        return new HedgerowConfig(
                get(Keys.APPLICATION_ID),
                settings(Keys.KAFKA, "bootstrap.servers"),
                settings(Keys.REGISTRY, "schema.registry.url"),
                topics(),
                models(),
                get(Keys.DEVICES),
                get(Keys.GPU_MEMORY_SHARE),
                batch(),
                limits(),
                get(Keys.DECODERS),
                get(Keys.SCORE_TOLERANCE),
                get(Keys.STACK_TRACES),
                get(Keys.SAMPLING_SHARE),
                new Http(get(Keys.HTTP_PORT), get(Keys.HTTP_ADDRESS)),
                new Timeouts(
                        get(Keys.TIMEOUT_STARTUP),
                        get(Keys.TIMEOUT_COMPILE),
                        get(Keys.TIMEOUT_BATCH),
                        get(Keys.TIMEOUT_REGISTRY),
                        get(Keys.TIMEOUT_SHUTDOWN)),
                audit(),
                new HedgerowConfig.Monitor(
                        get(Keys.MONITOR),
                        get(Keys.MONITOR_CLASSES),
                        get(Keys.MONITOR_TOLERANCE),
                        get(Keys.MONITOR_SHARE_TOLERANCE),
                        get(Keys.FALSE_ALARM_INTERVAL),
                        get(Keys.MODEL_REFERENCE),
                        get(Keys.CLASS_REFERENCE),
                        dependence(),
                        get(Keys.EXPECTED_COVERAGE)),
                new AlertsReader(entries, this::get).read(),
                Collections.unmodifiableMap(effective));
    }

    private void checkKnown(String path) {
        if (Keys.ALL.stream().noneMatch(key -> key.covers(path))) {
            String hint = Nearest.of(path, Keys.ALL.stream().map(Key::path).toList())
                    .map(name -> "; did you mean " + name + "?")
                    .orElse("; the known ones are listed in the configuration reference");
            throw entries.error(path, path + " is no known key" + hint);
        }
    }

    private void checkKafka() {
        KafkaKeys known = new KafkaKeys();
        String prefix = Keys.KAFKA.path().substring(0, Keys.KAFKA.path().length() - 1);
        for (String path : entries.paths()) {
            if (path.startsWith(prefix)) {
                known.meant(path.substring(prefix.length())).ifPresent(meant -> {
                    throw entries.error(path, path + " is no setting of Kafka's; did you mean " + prefix + meant + "?");
                });
            }
        }
    }

    private <T> T get(Key<T> key) {
        String set = entries.text(key.path());
        String text = set == null ? key.fallback() : set;
        if (text == null) {
            throw entries.error(key.path(), key.path() + " is missing: " + key.doc());
        }
        effective.put(key.path(), text.isEmpty() ? text : Secrets.mask(key.path(), text));
        try {
            return key.parser().apply(text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            String expected = key.type() + (key.range().isEmpty() ? "" : ", " + key.range());
            throw entries.error(key.path(), key.path() + ": '" + text + "' is not allowed; expected: " + expected);
        }
    }

    private ClientSettings settings(Key<String> key, String required) {
        String prefix = key.path().substring(0, key.path().length() - 1);
        Map<String, String> values = new HashMap<>();
        for (String path : entries.paths()) {
            String text = entries.text(path);
            if (path.startsWith(prefix) && text != null) {
                values.put(path.substring(prefix.length()), text);
            }
        }
        if (!values.containsKey(required)) {
            throw entries.error(prefix + required, prefix + required + " is missing");
        }
        ClientSettings settings = new ClientSettings(values);
        settings.masked().forEach((name, value) -> effective.put(prefix + name, value));
        return settings;
    }

    private Topics topics() {
        Topics topics = new Topics(
                get(Keys.EVENTS),
                get(Keys.EXPLANATIONS),
                get(Keys.DEAD_LETTERS),
                get(Keys.AUDIT_TOPIC),
                get(Keys.CHECKPOINTS),
                get(Keys.PROFILES),
                get(Keys.REFERENCES),
                get(Keys.ALERTS));
        Map<String, String> keys = new HashMap<>();
        for (Key<String> key : List.of(
                Keys.EVENTS,
                Keys.EXPLANATIONS,
                Keys.DEAD_LETTERS,
                Keys.AUDIT_TOPIC,
                Keys.CHECKPOINTS,
                Keys.PROFILES,
                Keys.REFERENCES,
                Keys.ALERTS)) {
            String other = keys.put(get(key), key.path());
            if (other != null) {
                throw entries.error(
                        entries.text(key.path()) == null ? other : key.path(),
                        other + " and " + key.path() + " must be different topics");
            }
        }
        return topics;
    }

    private float dependence() {
        float events = get(Keys.DEPENDENCE);
        if (events > 0 && events < 1) {
            throw entries.error(
                    Keys.DEPENDENCE.path(),
                    "monitor.dependence: '" + events + "' is not allowed; expected: 1 or more, or 0 to measure it");
        }
        return events;
    }

    private Audit audit() {
        String key = get(Keys.AUDIT_KEY);
        String file = get(Keys.AUDIT_KEY_FILE);
        if (!key.isEmpty() && !file.isEmpty()) {
            throw entries.error(
                    Keys.AUDIT_KEY_FILE.path(), "audit.key and audit.key-file are both set; leave one of them out");
        }
        return new Audit(
                get(Keys.AUDIT),
                key,
                file.isEmpty() ? null : folder.resolve(file),
                get(Keys.CHECKPOINT_ENTRIES),
                get(Keys.CHECKPOINT_INTERVAL));
    }

    private Limits limits() {
        return new Limits(
                get(Keys.IMAGE_BYTES),
                get(Keys.IMAGE_PIXELS),
                get(Keys.TENSOR_BYTES),
                get(Keys.CLASSES),
                get(Keys.ATTRIBUTES),
                get(Keys.ATTRIBUTE_BYTES).intValue(),
                get(Keys.HEADERS),
                get(Keys.HEADER_BYTES).intValue(),
                get(Keys.EARLIEST),
                get(Keys.FUTURE_SKEW),
                get(Keys.RECORD_BYTES).intValue(),
                get(Keys.READ_AHEAD_BYTES),
                get(Keys.COMPILE_BYTES));
    }

    private Batch batch() {
        boolean sized = entries.paths().contains(Keys.BATCH_SIZE.path());
        long memory = get(Keys.BATCH_MEMORY);
        Batch batch = new Batch(
                get(Keys.BATCH_SIZE),
                get(Keys.BATCH_LINGER),
                get(Keys.BATCH_QUEUE),
                get(Keys.BATCH_QUEUE_BYTES),
                sized ? Long.MAX_VALUE : memory);
        if (batch.queue() < batch.size()) {
            throw entries.error(
                    Keys.BATCH_QUEUE.path(),
                    "batch.queue (" + batch.queue() + ") must be at least batch.size (" + batch.size() + ")");
        }
        return batch;
    }

    private List<ModelConfig> models() {
        List<ModelConfig> models = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; has("models[" + i + "]."); i++) {
            ModelConfig model = model(i);
            if (!names.add(model.name() + " " + model.version())) {
                throw entries.error(
                        Keys.MODEL_NAME.at(i).path(),
                        "model " + model.name() + (model.version().isEmpty() ? "" : " version " + model.version())
                                + " is configured twice; give each a version of its own");
            }
            models.add(model);
        }
        if (models.isEmpty()) {
            throw entries.error("models", "models is missing: name at least one model, with its name and path");
        }
        return List.copyOf(models);
    }

    private boolean has(String prefix) {
        return entries.paths().stream().anyMatch(path -> path.startsWith(prefix));
    }

    private ModelConfig model(int i) {
        return new ModelConfig(
                get(Keys.MODEL_NAME.at(i)),
                get(Keys.MODEL_VERSION.at(i)),
                folder.resolve(get(Keys.MODEL_PATH.at(i))),
                get(Keys.MODEL_RATIO.at(i)),
                get(Keys.MODEL_REFERENCE_LAYER.at(i)),
                get(Keys.MODEL_PRECISION.at(i)));
    }
}
