package io.hedgerow.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.streams.KafkaStreams;

/** The process's meters in Prometheus' form: the JVM's, Kafka Streams' own, and those that others add to the registry. */
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Deque<AutoCloseable> binders = new ArrayDeque<>();

    /** Begins with the JVM's meters and {@code hedgerow.info}, whose tag is the version. */
    public Metrics(String version) {
        JvmGcMetrics garbageCollection = new JvmGcMetrics();
        binders.push(garbageCollection);
        for (MeterBinder binder : new MeterBinder[] {
            garbageCollection,
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new UptimeMetrics()
        }) {
            binder.bindTo(registry);
        }
        registry.gauge("hedgerow.info", Tags.of("version", version), 1);
    }

    /** Where others register meters, named {@code hedgerow.*}. */
    public MeterRegistry registry() {
        return registry;
    }

    /** Adds what Kafka Streams and its clients measure; they come and go with its threads. */
    public void bind(KafkaStreams streams) {
        KafkaStreamsMetrics binder = new KafkaStreamsMetrics(streams);
        binders.push(binder);
        binder.bindTo(registry);
    }

    /** All meters in Prometheus' text format. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        binders.forEach(binder -> {
            try {
                binder.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        registry.close();
    }
}
