package io.hedgerow.topology;

import io.hedgerow.Explanation;
import io.hedgerow.PredictionEvent;
import io.hedgerow.explain.Explainer;
import io.hedgerow.image.ImageDecoder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Measures what streaming costs: the same encoded events once straight through decoding and the batchers while the broker
 * is idle, once through Kafka, in turns in one process. Both use the same devices, decoder threads and read-ahead.
 */
public final class StreamBench {
    /**
     * What to put through.
     *
     * @param images events in each direction, taken round-robin from those given; at least 1
     * @param partitions of the topics, at least 1
     * @param pairs of measurements, of which the medians are given; at least 1
     */
    public record Load(int images, int partitions, int pairs) {}

    /**
     * What was measured.
     *
     * @param bareImagesPerSecond without Kafka
     * @param streamImagesPerSecond with Kafka, between the first and the last explanation that a read-committed consumer
     *     got
     * @param streamToBare the quotient; the median of the pairs' quotients
     * @param meanBatch images a batch while streaming
     * @param deviceBusy share of the time that a device computed while streaming, 0 to 1
     */
    public record Result(
            double bareImagesPerSecond,
            double streamImagesPerSecond,
            double streamToBare,
            double meanBatch,
            double deviceBusy) {}

    /** Images after which the virtual machine has compiled most of what is to be measured. */
    private static final int WARM_UP = 1000;

    private final List<? extends Explainer> devices;
    private final ImageDecoder images;
    private final Deserializer<PredictionEvent> events;
    private final Serializer<Explanation> explanations;
    private final Map<String, ?> kafka;

    /**
     * Takes what a {@link HedgerowTopology} takes.
     *
     * @param kafka at least {@code bootstrap.servers}; topics and group are made, and left behind, for each measurement
     */
    public StreamBench(
            List<? extends Explainer> devices,
            ImageDecoder images,
            Deserializer<PredictionEvent> events,
            Serializer<Explanation> explanations,
            Map<String, ?> kafka) {
        this.devices = devices;
        this.images = images;
        this.events = events;
        this.explanations = explanations;
        this.kafka = kafka;
    }

    /**
     * Measures.
     *
     * @param encoded values of input records
     * @param plan how much is read ahead, with and without Kafka
     * @throws IllegalStateException if an event can't be explained
     */
    public Result run(List<byte[]> encoded, Load load, FlowPlan plan) throws InterruptedException {
        List<Result> pairs = new ArrayList<>();
        pair(encoded, new Load(Math.min(WARM_UP, load.images()), load.partitions(), 1), plan);
        for (int pair = 0; pair < load.pairs(); pair++) {
            pairs.add(pair(encoded, load, plan));
        }
        return new Result(
                median(pairs, Result::bareImagesPerSecond),
                median(pairs, Result::streamImagesPerSecond),
                median(pairs, Result::streamToBare),
                median(pairs, Result::meanBatch),
                median(pairs, Result::deviceBusy));
    }

    private Result pair(List<byte[]> encoded, Load load, FlowPlan plan) throws InterruptedException {
        String name = "hedgerow-bench-" + Long.toHexString(System.nanoTime());
        Topics topics = new Topics(name + "-events", name + "-explanations", name + "-dlq");
        TopologySettings settings = TopologySettings.defaults("bench").withTopics(topics);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (HedgerowTopology topology = new HedgerowTopology(settings, devices, images, events, explanations, meters);
                BenchTopics bench = new BenchTopics(kafka, topics, load.partitions())) {
            double bare = new BareRun(topology.lookAhead(), plan).imagesPerSecond(encoded, load.images());
            bench.fill(encoded, load.images());
            double stream = stream(topology, bench, name, load.images(), plan);
            double batches = meters.get("hedgerow.batches").counter().count();
            double secondsAnImage = meters.get("hedgerow.device.busy").counter().count() / load.images();
            double busy = secondsAnImage * stream / devices.size();
            return new Result(bare, stream, stream / bare, load.images() / batches, busy);
        }
    }

    private double stream(HedgerowTopology topology, BenchTopics bench, String name, int images, FlowPlan plan) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, name);
        try (KafkaStreams streams = topology.connect(settings, plan)) {
            streams.start();
            double rate =
                    bench.explanationsPerSecond(images, () -> streams.state().hasStartedOrFinishedShuttingDown());
            streams.close(Duration.ofSeconds(30));
            return rate;
        }
    }

    private static double median(List<Result> results, ToDoubleFunction<Result> figure) {
        double[] sorted = results.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
    }
}
