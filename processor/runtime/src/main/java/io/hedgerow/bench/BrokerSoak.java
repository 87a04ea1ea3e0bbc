package io.hedgerow.bench;

import io.hedgerow.PredictionEvent;
import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.engine.ProcessMemory;
import io.hedgerow.models.ModelRepository;
import io.hedgerow.models.ModelSource;
import io.hedgerow.serde.RegistrySerde;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** Streams a model on this machine's CPU for long, and looks at memory and throughput as it goes. */
public final class BrokerSoak implements Soak.Listener {
    private static final int DIFFERENT_EVENTS = 100;
    private static final double MEGABYTE = 1 << 20;

    /** What was measured at the end of a tenth. */
    public record Part(double imagesPerSecond, ProcessMemory memory) {}

    private final ModelRepository repository;
    private final Workload work;
    private final int batch;
    private final long events;
    private final LongConsumer progress;
    private final List<Part> parts = new ArrayList<>();

    /** Takes what is asked for, the largest batch, how many events, and who is told how many have been explained. */
    public BrokerSoak(ModelRepository repository, Workload work, int batch, long events, LongConsumer progress) {
        this.repository = repository;
        this.work = work;
        this.batch = batch;
        this.events = events;
        this.progress = progress;
    }

    /** The tenths; folder: empty, for the broker's data and Streams' state. */
    public List<Part> run(ModelSource source, Path folder) throws Exception {
        // What has been read is of no use any more, and the disk is not what is measured.
        Map<String, String> small = Map.of("log.retention.bytes", "67108864", "log.segment.bytes", "33554432");
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder.resolve("kafka"), small)) {
            MeasuredCluster cluster = MeasuredCluster.of(broker, folder, batch, work.threads());
            try (BenchDevices devices = BenchDevices.of(repository, source, cluster.limits());
                    RegistrySerde<PredictionEvent> events = cluster.events()) {
                MadeUpEvents pictures = new MadeUpEvents(
                        devices.input().width(), devices.input().height());
                new Soak(devices.measured(cluster))
                        .run(
                                pictures.encoded(DIFFERENT_EVENTS, devices.reference(), "soak", events.serializer()),
                                this.events,
                                work.partitions(),
                                this);
            }
            return parts;
        }
    }

    /** One line for each tenth. */
    public static String table(List<Part> parts) {
        StringBuilder text =
                new StringBuilder("tenth  images per second  heap MB  resident MB  native objects%n".formatted());
        for (int i = 0; i < parts.size(); i++) {
            ProcessMemory memory = parts.get(i).memory();
            text.append("%5d  %17.1f  %7.1f  %11.1f  %14d%n"
                    .formatted(
                            i + 1,
                            parts.get(i).imagesPerSecond(),
                            memory.heapBytes() / MEGABYTE,
                            memory.residentBytes() / MEGABYTE,
                            memory.nativeObjects()));
        }
        return text.append(System.lineSeparator()).toString();
    }

    /** Compares the last tenth with the second, when everything is warm. */
    public static Map<String, Object> figures(List<Part> parts, long events) {
        Part second = parts.get(1);
        Part last = parts.get(parts.size() - 1);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("events", events);
        figures.put("second_tenth_images_per_second", second.imagesPerSecond());
        figures.put("last_tenth_images_per_second", last.imagesPerSecond());
        figures.put("last_to_second", last.imagesPerSecond() / second.imagesPerSecond());
        figures.put(
                "heap_bytes_grown", last.memory().heapBytes() - second.memory().heapBytes());
        figures.put(
                "resident_bytes_grown",
                last.memory().residentBytes() - second.memory().residentBytes());
        figures.put(
                "native_objects_grown",
                last.memory().nativeObjects() - second.memory().nativeObjects());
        return figures;
    }

    @Override
    public void explained(long count) {
        progress.accept(count);
    }

    @Override
    public void part(int number, double imagesPerSecond) {
        parts.add(new Part(imagesPerSecond, ProcessMemory.now()));
    }
}
