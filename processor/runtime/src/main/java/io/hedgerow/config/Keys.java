package io.hedgerow.config;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Every key of hedgerow.yaml. */
final class Keys {
    static final Key<String> APPLICATION_ID =
            Key.text("application.id", "hedgerow", "Names the Streams application: its consumer group and its state.");

    static final Key<String> KAFKA = Key.any(
            "kafka", "Settings of Kafka Streams and its clients by their own names; `bootstrap.servers` is needed.");
    static final Key<String> REGISTRY = Key.any(
            "registry",
            "Settings of the schema registry's client by Confluent's names; `schema.registry.url` is needed.");

    static final Key<String> EVENTS = Key.text("topics.events", "prediction-events", "Prediction events, read.");
    static final Key<String> EXPLANATIONS = Key.text("topics.explanations", "explanations", "Explanations, written.");
    static final Key<String> DEAD_LETTERS =
            Key.text("topics.dead-letters", "explanations-dlq", "Events that could not be explained, written.");
    static final Key<String> AUDIT_TOPIC =
            Key.text("topics.audit", "explanations-audit", "What became of every event, written; see `audit.enabled`.");
    static final Key<String> CHECKPOINTS = Key.text(
            "topics.checkpoints", "explanations-checkpoints", "Signed states of the audit trail; see `audit.key`.");

    static final Key<String> PROFILES = Key.text(
            "topics.profiles",
            "explanations-profiles",
            "What the models looked at in each window of time, written; see `monitor.enabled`.");
    static final Key<String> REFERENCES = Key.text(
            "topics.references",
            "explanations-references",
            "What monitoring compares with, and people's answers, read and written.");
    static final Key<String> ALERTS =
            Key.text("topics.alerts", "explanations-alerts", "What monitoring has found, written.");

    static final Key<String> MODEL_NAME = Key.text("models[].name", null, "The name that events use.");
    static final Key<String> MODEL_VERSION =
            Key.text("models[].version", "", "The version that events use; those that name none get the newest.");
    static final Key<String> MODEL_PATH = Key.text(
            "models[].path", null, "Folder of the SavedModel, with model.yaml beside it; relative to hedgerow.yaml.");
    static final Key<Float> MODEL_RATIO = Key.decimal(
            "models[].ratio", "2", 1, 2, "Ratio of positive to negative relevance for events that name none.");
    static final Key<String> MODEL_REFERENCE_LAYER =
            Key.text("models[].reference-layer", "", "Node at which relevance starts; empty for the last feature map.");
    static final Key<String> MODEL_PRECISION = Key.choice(
            "models[].precision",
            List.of("float32", "bfloat16"),
            "float32",
            "Number format of the convolutions that explain; bfloat16 is faster with AVX512_BF16 or AMX.");
    static final Key<List<String>> DEVICES = Key.texts(
            "devices",
            "auto",
            "`auto` (all GPUs, else the CPU), `cpu`, or a list such as `[gpu:0, gpu:1]`; `cpu:1` and so on are logical"
                    + " CPUs, for testing.");
    static final Key<Float> GPU_MEMORY_SHARE =
            Key.share("gpu.memory-share", "1", "Most of each GPU's memory that this process takes, as it needs it.");

    static final Key<Integer> BATCH_SIZE = Key.integer(
            "batch.size", 32, 1, 1024, "Most images in a batch; fewer if fewer at once are faster, as tried at start.");
    static final Key<Long> BATCH_MEMORY = Key.bytes(
            "batch.memory",
            "4GB",
            "64MB",
            "1024GB",
            "Memory of one batch's tensors, from which smaller batches follow unless `batch.size` is set.");
    static final Key<Duration> BATCH_LINGER = Key.duration(
            "batch.linger", "1ms", "0ms", "1s", "How long a batch that is not full waits for more images.");
    static final Key<Integer> BATCH_QUEUE =
            Key.integer("batch.queue", 256, 1, 65536, "Most images that wait for a device; at least `batch.size`.");
    static final Key<Long> BATCH_QUEUE_BYTES =
            Key.bytes("batch.queue-bytes", "512MB", "1MB", "64GB", "Most memory of images that wait for a device.");

    static final Key<Long> IMAGE_BYTES =
            Key.bytes("limits.image-bytes", "20MB", "1KB", "1GB", "Largest encoded image.");
    static final Key<Integer> IMAGE_PIXELS =
            Key.integer("limits.image-pixels", 50_000_000, 1, 500_000_000, "Largest width × height of an image.");
    static final Key<Long> TENSOR_BYTES = Key.bytes("limits.tensor-bytes", "64MB", "1KB", "1GB", "Largest raw tensor.");
    static final Key<Integer> CLASSES =
            Key.integer("limits.classes", 16, 1, 16, "Most classes explained of one event.");
    static final Key<Integer> ATTRIBUTES =
            Key.integer("limits.attributes", 64, 0, 1024, "Most attributes of one event.");

    static final Key<Long> ATTRIBUTE_BYTES = Key.bytes(
            "limits.attribute-bytes", "16KB", "0", "1MB", "Most bytes of one event's attributes, names and values.");
    static final Key<Integer> HEADERS = Key.integer("limits.headers", 64, 0, 1024, "Most record headers of one event.");
    static final Key<Long> HEADER_BYTES = Key.bytes(
            "limits.header-bytes", "16KB", "0", "1MB", "Most bytes of one event's record headers, names and values.");
    static final Key<Instant> EARLIEST = Key.date(
            "limits.earliest",
            "2000-01-01",
            "1970-01-01",
            "Day from which on an event's time may be; what is before it is taken for a time in another unit.");
    static final Key<Duration> FUTURE_SKEW = Key.duration(
            "limits.future", "1h", "0s", "30d", "How far ahead of this machine's clock an event's time may be.");
    static final Key<Long> RECORD_BYTES = Key.bytes(
            "limits.record-bytes",
            "1MB",
            "10KB",
            "100MB",
            "Largest explanation written; lowered to what its topic takes.");
    static final Key<Long> READ_AHEAD_BYTES = Key.bytes(
            "limits.read-ahead-bytes", "256MB", "1MB", "64GB", "Memory for events that are read ahead of the devices.");

    static final Key<Long> COMPILE_BYTES = Key.bytes(
            "limits.compile-bytes",
            "8GB",
            "512MB",
            "1024GB",
            "Most memory for compiling a model, which runs in a process of its own.");

    static final Key<Integer> DECODERS =
            Key.integer("decoders", 2, 1, 256, "Threads that decode images, for each device.");
    static final Key<Float> SCORE_TOLERANCE = Key.decimal(
            "replay.score-tolerance",
            "0.01",
            0,
            1,
            "How far a replayed score may be from the logged one and still agree.");
    static final Key<Boolean> STACK_TRACES =
            Key.flag("dead-letters.stack-traces", false, "Whether dead letters carry stack traces.");

    static final Key<Float> SAMPLING_SHARE =
            Key.decimal("sampling.share", "1", 0, 1, "Share of events that are explained; chosen by their ids.");

    static final Key<Boolean> AUDIT =
            Key.flag("audit.enabled", true, "Whether account is kept of every event, in the topics for it.");
    static final Key<String> AUDIT_KEY = Key.text(
            "audit.key",
            "",
            "Key that signs checkpoints, as `hedgerow audit keygen` makes it; best `${HEDGEROW_AUDIT_KEY}`. Without"
                    + " one nothing is signed.");
    static final Key<String> AUDIT_KEY_FILE = Key.text(
            "audit.key-file", "", "File that holds that key, in place of `audit.key`; relative to hedgerow.yaml.");
    static final Key<Integer> CHECKPOINT_ENTRIES =
            Key.integer("audit.checkpoint-entries", 1000, 1, 1_000_000, "Entries after which a log gets a checkpoint.");
    static final Key<Duration> CHECKPOINT_INTERVAL = Key.duration(
            "audit.checkpoint-interval", "10s", "100ms", "1d", "Time after which it gets one even for fewer.");

    static final Key<Boolean> MONITOR = Key.flag(
            "monitor.enabled",
            true,
            "Whether what the models look at is monitored, in the topics for it, by an application of its own.");
    static final Key<Integer> MONITOR_CLASSES = Key.integer(
            "monitor.classes",
            2_000,
            1,
            100_000,
            "Classes of a model that are monitored one by one, the first that come; all others together.");
    static final Key<Float> MONITOR_TOLERANCE = Key.decimal(
            "monitor.tolerance",
            "0.02",
            0,
            0.5f,
            "Smallest change that matters of where evidence lies, as a share of the evidence.");
    static final Key<Float> MONITOR_SHARE_TOLERANCE = Key.decimal(
            "monitor.share-tolerance",
            "0.05",
            0,
            0.5f,
            "Smallest change that matters of a class's share of events, or of a rate such as that of failures.");
    static final Key<Duration> FALSE_ALARM_INTERVAL = Key.duration(
            "monitor.false-alarm-interval",
            "30d",
            "1h",
            "3650d",
            "Mean time between two false alarms, over all models and classes together.");
    static final Key<Integer> MODEL_REFERENCE = Key.integer(
            "monitor.model-reference",
            300,
            100,
            100_000,
            "Explanations of a model that its reference is learned from, unless it is given one.");
    static final Key<Integer> CLASS_REFERENCE = Key.integer(
            "monitor.class-reference",
            300,
            100,
            100_000,
            "Explanations of a class that its reference is learned from, unless it is given one.");
    static final Key<Float> DEPENDENCE = Key.decimal(
            "monitor.dependence",
            "0",
            0,
            10_000,
            "Events that count as one because they resemble each other, such as a camera's one after another; 0 to"
                    + " measure it.");
    static final Key<Float> EXPECTED_COVERAGE = Key.decimal(
            "monitor.coverage",
            "0",
            0,
            1,
            "Share of events that is to be explained; 0 to compare with what it was in the reference.");

    static final Key<String> ALERTMANAGER = Key.text(
            "alerts.alertmanager",
            "",
            "Address of an Alertmanager that alerts are pushed to, such as `http://alertmanager:9093`; best left out"
                    + " where Prometheus has the rules in deploy/.");
    static final Key<String> WEBHOOK_URL =
            Key.text("alerts.webhooks[].url", null, "Where alerts are posted to, as Standard Webhooks; never printed.");
    static final Key<String> WEBHOOK_SECRET = Key.text(
            "alerts.webhooks[].secret",
            "",
            "Secrets that sign what is posted, `whsec_` and base64 of 24 to 64 bytes, separated by spaces while they"
                    + " are exchanged; best `${WEBHOOK_SECRET}`. Without one nothing is signed.");
    static final Key<Boolean> WEBHOOK_CLOUD_EVENTS =
            Key.flag("alerts.webhooks[].cloud-events", false, "Whether the headers of CloudEvents are sent too.");
    static final Key<String> ALERT_LINK = Key.text(
            "alerts.link",
            "",
            "Address of the page that people are sent to from alerts; the alert's id is added as `#alert=…`.");

    static final Key<Integer> HTTP_PORT =
            Key.integer("http.port", 8080, 0, 65535, "Port of health and metrics; 0 for any free one.");
    static final Key<String> HTTP_ADDRESS =
            Key.text("http.address", "127.0.0.1", "Address to listen on; `0.0.0.0` for all, as containers need it.");

    static final Key<Duration> TIMEOUT_STARTUP = Key.duration(
            "timeouts.startup", "2m", "1s", "10m", "How long to wait for the broker and the registry at start.");
    static final Key<Duration> TIMEOUT_COMPILE =
            Key.duration("timeouts.compile", "5m", "5s", "1h", "How long compiling a model may take.");
    static final Key<Duration> TIMEOUT_BATCH = Key.duration(
            "timeouts.batch", "60s", "100ms", "10m", "How long a batch may take before its device counts as hung.");
    static final Key<Duration> TIMEOUT_REGISTRY = Key.duration(
            "timeouts.registry",
            "5s",
            "100ms",
            "10m",
            "How long a task waits for an unreachable registry before it begins again.");
    static final Key<Duration> TIMEOUT_SHUTDOWN =
            Key.duration("timeouts.shutdown", "30s", "0s", "10m", "How long to drain when told to stop.");

    /** In the order of the reference. */
    static final List<Key<?>> ALL = List.of(
            APPLICATION_ID,
            KAFKA,
            REGISTRY,
            EVENTS,
            EXPLANATIONS,
            DEAD_LETTERS,
            AUDIT_TOPIC,
            CHECKPOINTS,
            PROFILES,
            REFERENCES,
            ALERTS,
            MODEL_NAME,
            MODEL_VERSION,
            MODEL_PATH,
            MODEL_RATIO,
            MODEL_REFERENCE_LAYER,
            MODEL_PRECISION,
            DEVICES,
            GPU_MEMORY_SHARE,
            BATCH_SIZE,
            BATCH_MEMORY,
            BATCH_LINGER,
            BATCH_QUEUE,
            BATCH_QUEUE_BYTES,
            IMAGE_BYTES,
            IMAGE_PIXELS,
            TENSOR_BYTES,
            CLASSES,
            ATTRIBUTES,
            ATTRIBUTE_BYTES,
            HEADERS,
            HEADER_BYTES,
            EARLIEST,
            FUTURE_SKEW,
            RECORD_BYTES,
            READ_AHEAD_BYTES,
            COMPILE_BYTES,
            DECODERS,
            SCORE_TOLERANCE,
            STACK_TRACES,
            SAMPLING_SHARE,
            AUDIT,
            AUDIT_KEY,
            AUDIT_KEY_FILE,
            CHECKPOINT_ENTRIES,
            CHECKPOINT_INTERVAL,
            MONITOR,
            MONITOR_CLASSES,
            MONITOR_TOLERANCE,
            MONITOR_SHARE_TOLERANCE,
            FALSE_ALARM_INTERVAL,
            MODEL_REFERENCE,
            CLASS_REFERENCE,
            DEPENDENCE,
            EXPECTED_COVERAGE,
            ALERTMANAGER,
            WEBHOOK_URL,
            WEBHOOK_SECRET,
            WEBHOOK_CLOUD_EVENTS,
            ALERT_LINK,
            HTTP_PORT,
            HTTP_ADDRESS,
            TIMEOUT_STARTUP,
            TIMEOUT_COMPILE,
            TIMEOUT_BATCH,
            TIMEOUT_REGISTRY,
            TIMEOUT_SHUTDOWN);

    private Keys() {}
}
