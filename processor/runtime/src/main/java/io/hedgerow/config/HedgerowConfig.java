package io.hedgerow.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What hedgerow.yaml says, checked, with defaults where it says nothing. Immutable; its text form hides secrets.
 *
 * @param applicationId of Kafka Streams
 * @param kafka handed on to Kafka Streams and its clients
 * @param registry handed on to the schema registry's client
 * @param models at least one, no two of the same name and version
 * @param devices {@code auto}, or names of devices; at least one
 * @param gpuMemoryShare of each GPU's memory, over 0 and at most 1
 * @param decoders threads that decode images, for each device
 * @param scoreTolerance how far a replayed score may be from the logged one and still agree
 * @param stackTraces whether dead letters carry them
 * @param samplingShare of events that are explained, 0 to 1
 * @param audit the account kept of every event
 * @param monitor what is made of the explanations
 * @param alerts who is told of what it finds
 * @param effective every key with the text of its value, secrets hidden: for printing
 */
public record HedgerowConfig(
        String applicationId,
        ClientSettings kafka,
        ClientSettings registry,
        Topics topics,
        List<ModelConfig> models,
        List<String> devices,
        float gpuMemoryShare,
        Batch batch,
        Limits limits,
        int decoders,
        float scoreTolerance,
        boolean stackTraces,
        float samplingShare,
        Http http,
        Timeouts timeouts,
        Audit audit,
        Monitor monitor,
        Alerts alerts,
        Map<String, String> effective) {

    /** Names of topics. */
    public record Topics(
            String events,
            String explanations,
            String deadLetters,
            String audit,
            String checkpoints,
            String profiles,
            String references,
            String alerts) {}

    /**
     * Monitoring.
     *
     * @param classes of a model that are monitored one by one
     * @param tolerance smallest change that matters of where evidence lies
     * @param shareTolerance smallest change that matters of a class's share, or of a rate
     * @param falseAlarmInterval mean time between false alarms
     * @param modelReference explanations of a model that its reference is learned from
     * @param classReference explanations of a class that its reference is learned from
     * @param dependence events that count as one; 0 to measure it
     * @param coverage share of events that is to be explained; 0 to compare with the reference
     */
    public record Monitor(
            boolean enabled,
            int classes,
            float tolerance,
            float shareTolerance,
            Duration falseAlarmInterval,
            int modelReference,
            int classReference,
            float dependence,
            float coverage) {}

    /**
     * Who is told of alerts, beside the topic.
     *
     * @param alertmanager its address; null for none
     * @param link page that people are sent to; null for none
     */
    public record Alerts(@Nullable URI alertmanager, List<Webhook> webhooks, @Nullable URI link) {
        /**
         * Where alerts are posted to. Its text form shows neither address nor secrets.
         *
         * @param secrets keys that sign; empty for none
         */
        public record Webhook(URI url, List<byte[]> secrets, boolean cloudEvents) {
            @Override
            public String toString() {
                return "Webhook[host=%s, signs=%s]".formatted(url.getHost(), !secrets.isEmpty());
            }
        }
    }

    /**
     * The audit trail.
     *
     * @param key that signs checkpoints: the text itself; empty for none
     * @param keyFile that holds it, if {@code key} is empty; null for none
     * @param checkpointEntries entries after which a log gets a checkpoint, at least 1
     * @param checkpointInterval time after which it gets one for fewer
     */
    public record Audit(
            boolean enabled, String key, @Nullable Path keyFile, int checkpointEntries, Duration checkpointInterval) {
        /** Whether checkpoints are signed. */
        public boolean signs() {
            return enabled && (!key.isEmpty() || keyFile != null);
        }

        @Override
        public String toString() {
            return "Audit[enabled=%s, signs=%s]".formatted(enabled, signs());
        }
    }

    /**
     * What bounds a device's batches.
     *
     * @param size most images in a batch, at least 1
     * @param linger how long a batch that is not full waits
     * @param queue most images waiting, at least {@code size}
     * @param queueBytes most bytes of images waiting
     * @param memory bytes of one batch's tensors, from which smaller batches follow; no limit if the size was set
     */
    public record Batch(int size, Duration linger, int queue, long queueBytes, long memory) {}

    /**
     * What bounds events and records.
     *
     * @param imageBytes of an encoded image
     * @param imagePixels width × height of an image
     * @param tensorBytes of a raw tensor
     * @param classes explained of one event, at most 16
     * @param attributes of one event
     * @param attributeBytes of all its attributes' names and values
     * @param headers of its record
     * @param headerBytes of all its headers' names and values
     * @param earliest time that it may have
     * @param futureSkew how far ahead of this machine's clock its time may be
     * @param recordBytes of an explanation written
     * @param readAheadBytes of events read ahead of the devices
     * @param compileBytes of memory for compiling a model
     */
    public record Limits(
            long imageBytes,
            int imagePixels,
            long tensorBytes,
            int classes,
            int attributes,
            int attributeBytes,
            int headers,
            int headerBytes,
            Instant earliest,
            Duration futureSkew,
            int recordBytes,
            long readAheadBytes,
            long compileBytes) {}

    /**
     * Where health and metrics are served.
     *
     * @param port 0 for any free one
     */
    public record Http(int port, String address) {}

    /**
     * Limits on waiting.
     *
     * @param startup for the broker and the registry at start
     * @param compile for compiling a model
     * @param batch for a device to compute one
     * @param registry for an unreachable registry, before a task begins again
     * @param shutdown for what is under way when told to stop
     */
    public record Timeouts(Duration startup, Duration compile, Duration batch, Duration registry, Duration shutdown) {}

    /**
     * Reads a file.
     *
     * @param environment variables that values may name
     * @throws ConfigurationException naming file, line and key of the first thing that is wrong
     */
    public static HedgerowConfig read(Path file, Map<String, String> environment) {
        return new ConfigReader(file.resolveSibling(""), YamlReader.read(file, new Environment(environment))).read();
    }

    /**
     * Takes values by their keys in the reference, such as {@code batch.size} and {@code models[0].name}.
     *
     * @throws ConfigurationException naming the key of the first thing that is wrong
     */
    public static HedgerowConfig of(Map<String, String> values) {
        Entries entries = new Entries("configuration");
        values.forEach((path, text) -> entries.put(path, text, 0));
        return new ConfigReader(Path.of(""), entries).read();
    }
}
