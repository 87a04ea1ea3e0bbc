package io.hedgerow.cli;

import ai.djl.Device;
import io.hedgerow.Explanation;
import io.hedgerow.ModelRef;
import io.hedgerow.PredictionEvent;
import io.hedgerow.demo.BenchEvents;
import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.explain.BatchLimits;
import io.hedgerow.explain.LoadedModel;
import io.hedgerow.explain.ModelRepository;
import io.hedgerow.explain.ModelSource;
import io.hedgerow.explain.ModelTable;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.topology.FlowPlan;
import io.hedgerow.topology.StreamBench;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures a model on this machine's CPU behind a broker of its own. */
final class StreamBenchmark {
    private static final Map<String, Object> REGISTRY = Map.of("schema.registry.url", "mock://hedgerow-bench");
    private static final int DIFFERENT_EVENTS = 100;
    private static final long QUEUE_BYTES = 512L << 20;
    private static final long ENCODED_BYTES = 256L << 20;

    private final ModelRepository repository;
    private final StreamBenchOptions options;
    private final int batch;
    private final int pairs;

    StreamBenchmark(ModelRepository repository, StreamBenchOptions options, int batch, int pairs) {
        this.repository = repository;
        this.options = options;
        this.batch = batch;
        this.pairs = pairs;
    }

    /** Figures by name; work: empty folder for the broker's data and Streams' state. */
    Map<String, Object> run(ModelSource source, Path work) throws IOException, InterruptedException {
        BatchLimits limits = new BatchLimits(
                batch, Duration.ofMillis(1), Math.max(256, 4 * batch), QUEUE_BYTES, Duration.ofMinutes(1));
        RegistrySerde<PredictionEvent> events = RegistrySerde.of(PredictionEvent.class, REGISTRY);
        RegistrySerde<Explanation> explanations = RegistrySerde.of(Explanation.class, REGISTRY);
        try (EmbeddedKafka broker = EmbeddedKafka.start(work.resolve("kafka"));
                LoadedModel model = repository.load(source, Device.cpu(), limits)) {
            List<byte[]> encoded = pictures(model)
                    .encoded(
                            Math.min(DIFFERENT_EVENTS, options.images),
                            new ModelRef(model.name(), model.version()),
                            "bench",
                            events.serializer());
            StreamBench bench = new StreamBench(
                    List.of(new ModelTable("cpu", List.of(model))),
                    new ImageDecoder(),
                    events.deserializer(),
                    explanations.serializer(),
                    Map.of(
                            "bootstrap.servers",
                            broker.bootstrapServers(),
                            "state.dir",
                            work.resolve("state").toString()));
            StreamBench.Result result = bench.run(
                    encoded,
                    new StreamBench.Load(options.images, options.partitions, pairs),
                    FlowPlan.derive(options.threads, batch, model.imagesPerSecond(), ENCODED_BYTES));
            return figures(result);
        }
    }

    private BenchEvents pictures(LoadedModel model) throws IOException {
        if (options.imageSize.isEmpty()) {
            return new BenchEvents(model.input().width(), model.input().height());
        }
        if (!options.imageSize.matches("[1-9]\\d{0,3}x[1-9]\\d{0,3}")) {
            throw new IOException("--image-size " + options.imageSize + " is no size; write it like 640x480");
        }
        String[] size = options.imageSize.split("x", -1);
        return new BenchEvents(Integer.parseInt(size[0]), Integer.parseInt(size[1]));
    }

    private Map<String, Object> figures(StreamBench.Result result) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("bare_images_per_second", result.bareImagesPerSecond());
        figures.put("stream_images_per_second", result.streamImagesPerSecond());
        figures.put("stream_to_bare", result.streamToBare());
        figures.put("mean_batch", result.meanBatch());
        figures.put("device_busy", result.deviceBusy());
        figures.put("images", options.images);
        figures.put("partitions", options.partitions);
        figures.put("pairs", pairs);
        return figures;
    }
}
