package io.hedgerow.bench;

import io.hedgerow.monitor.MonitorSettings;
import io.hedgerow.monitor.stream.MonitorInputs;
import io.hedgerow.monitor.stream.MonitorMeters;
import io.hedgerow.monitor.stream.MonitorSerdes;
import io.hedgerow.monitor.stream.MonitorStreams;
import io.hedgerow.monitor.stream.MonitorTopology;
import io.hedgerow.monitor.stream.Pictures;
import io.hedgerow.topics.MonitorTopics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** Monitors what a measurement explains, in this process, as a run does by default. */
final class MeasuredMonitor implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final MonitorSerdes serdes;
    private final KafkaStreams streams;

    MeasuredMonitor(Map<String, Object> kafka, Measurement run, Map<String, Object> registry) {
        MonitorTopics topics =
                new MonitorTopics(run.name() + "-profiles", run.name() + "-references", run.name() + "-alerts");
        create(kafka, topics);
        serdes = new MonitorSerdes(registry);
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, run.name());
        Clock clock = Clock.systemUTC();
        streams = MonitorStreams.connect(
                settings,
                new MonitorTopology(
                        MonitorInputs.of(run.names(), topics),
                        MonitorSettings.usual(),
                        serdes,
                        Pictures::none,
                        new MonitorMeters(new SimpleMeterRegistry(), clock),
                        clock));
        streams.start();
    }

    private static void create(Map<String, Object> kafka, MonitorTopics topics) {
        List<NewTopic> wanted = topics.all().stream()
                .map(name -> new NewTopic(name, 1, (short) 1))
                .toList();
        try (Admin admin = Admin.create(kafka)) {
            admin.createTopics(wanted).all().get();
        } catch (ExecutionException e) {
            throw new KafkaException("the topics for measuring could not be made: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        streams.close(GRACE);
        serdes.close();
    }
}
