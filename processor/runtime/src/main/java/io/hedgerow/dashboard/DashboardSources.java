package io.hedgerow.dashboard;

import io.hedgerow.dashboard.http.Answering;
import io.hedgerow.dashboard.security.AccessSettings;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.monitor.MonitorSettings;
import io.hedgerow.topics.MonitorTopics;
import io.hedgerow.topics.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the page is made of.
 *
 * @param version of this program
 * @param access who may look
 * @param address that the server listens on
 * @param monitor null where nothing is monitored
 * @param monitoring how references are learned
 * @param off why nothing is monitored; an empty text while it is
 * @param consumers makes a consumer of that client id, without a group, that reads what is committed
 * @param registry settings of the registry's client
 * @param meters of the process
 * @param lag records that wait to be read; empty if that isn't known
 * @param answers where people's answers go
 */
public record DashboardSources(
        String version,
        String applicationId,
        AccessSettings access,
        String address,
        Topics topics,
        @Nullable MonitorTopics monitor,
        MonitorSettings monitoring,
        Supplier<String> off,
        Function<String, Consumer<byte[], byte[]>> consumers,
        Map<String, String> registry,
        ImageDecoder decoder,
        MeterRegistry meters,
        Supplier<OptionalLong> lag,
        Answering.Sink answers) {}
