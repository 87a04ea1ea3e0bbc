package io.hedgerow.service;

import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.dashboard.Dashboard;
import io.hedgerow.dashboard.DashboardSources;
import io.hedgerow.dashboard.http.Answering;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.monitor.answer.ReferenceTopic;
import io.hedgerow.monitor.stream.MonitorSerdes;
import io.hedgerow.topics.MonitorTopics;
import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The dashboard as a part of the process. It never ends the process, whatever it can't show. */
final class Showing implements ServicePart {
    private static final Logger LOG = LoggerFactory.getLogger(Showing.class);

    /** What one look at the newest explanations may fetch at most, so that the stream's rate doesn't matter. */
    private static final int FETCH_BYTES = 1 << 20;

    private final Dashboard dashboard;

    /** Takes why nothing is monitored: an empty text while it is. */
    Showing(ServiceContext context, Supplier<String> off) {
        HedgerowConfig config = context.config();
        Connection connection = context.connection();
        dashboard = new Dashboard(new DashboardSources(
                context.version(),
                config.applicationId(),
                config.access(),
                config.http().address(),
                config.topics(),
                config.monitorTopics(),
                config.monitor(),
                off,
                client -> consumer(connection, client),
                connection.registry(),
                new ImageDecoder(config.images()),
                context.metrics().registry(),
                context.metrics()::lag,
                answers(connection, config.monitorTopics())));
    }

    @Override
    public void addTo(RoutesConfig routes) {
        dashboard.addTo(routes);
    }

    @Override
    public void start() {
        if (dashboard.isShut()) {
            LOG.warn("The dashboard is shown to nobody: other machines can reach it, and nothing says who may look; set"
                    + " http.token, or http.proxy-header and http.proxies");
        }
        dashboard.start();
    }

    @Override
    public void close() throws InterruptedException {
        dashboard.close();
    }

    private static Consumer<byte[], byte[]> consumer(Connection connection, String client) {
        Map<String, Object> settings = new HashMap<>(connection.consumer(client));
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Answering.Sink answers(Connection connection, @Nullable MonitorTopics topics) {
        return entries -> {
            if (topics == null) {
                throw new IOException("monitor.enabled is false");
            }
            try (MonitorSerdes serdes = new MonitorSerdes(connection.registry())) {
                new ReferenceTopic(
                                connection.producer("hedgerow-dashboard-answers"),
                                topics.references(),
                                serdes.references().serializer())
                        .write(entries);
            }
        };
    }
}
