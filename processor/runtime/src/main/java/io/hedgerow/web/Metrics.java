package io.hedgerow.web;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process's meters in Prometheus' form: the JVM's, some of Kafka Streams', and those that others add to the registry. */
public final class Metrics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
    private volatile Supplier<Map<MetricName, ? extends Metric>> kafka = Map::of;

    /** Begins with the JVM's meters and {@code hedgerow.info}, whose tag is the version. */
    public Metrics(String version) {
        List<MeterBinder> binders = List.of(
                garbageCollection,
                new JvmMemoryMetrics(),
                new JvmThreadMetrics(),
                new ProcessorMetrics(),
                new UptimeMetrics());
        binders.forEach(binder -> binder.bindTo(registry));
        Gauge.builder("hedgerow.info", () -> 1)
                .description("The version that runs")
                .tag("version", version)
                .register(registry);
    }

    /** Where others register meters, named {@code hedgerow.*}. */
    public MeterRegistry registry() {
        return registry;
    }

    /** Adds what an operator uses of what Kafka Streams and its clients measure. */
    public void bind(KafkaStreams streams) {
        bind(() -> Map.copyOf(streams.metrics()));
    }

    void bind(Supplier<Map<MetricName, ? extends Metric>> measured) {
        kafka = measured;
    }

    /** Records that wait in Kafka Streams' partitions to be read; empty while that isn't known. */
    public OptionalLong lag() {
        double waiting = 0;
        boolean known = false;
        for (Map.Entry<MetricName, ? extends Metric> metric : kafka.get().entrySet()) {
            // Per partition and consumer: those without a partition are sums or maxima of others.
            if (metric.getKey().name().equals("records-lag")
                    && metric.getKey().tags().containsKey("partition")
                    && metric.getValue().metricValue() instanceof Number number
                    && Double.isFinite(number.doubleValue())) {
                waiting += number.doubleValue();
                known = true;
            }
        }
        return known ? OptionalLong.of(Math.round(waiting)) : OptionalLong.empty();
    }

    /** All meters that have a value, in Prometheus' text format. */
    public String scrape() {
        return registry.scrape().replaceAll("(?m)^[^#\\n].* NaN\\n", "") + kafkaText();
    }

    /** Nothing of Kafka's rather than nothing at all: its clients come and go while they are asked. */
    private String kafkaText() {
        try {
            return KafkaMeters.text(kafka.get());
        } catch (RuntimeException e) {
            LOG.warn("Kafka's own meters are left out of this answer: {}", e.toString());
            return "";
        }
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }
}
