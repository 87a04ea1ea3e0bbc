package io.hedgerow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class CommitWatchTest {
    private final Map<MetricName, Metric> metrics = new HashMap<>();
    private final CommitWatch watch = new CommitWatch(() -> metrics);

    @Test
    void shouldSeeWhetherAnyThreadHasCommittedSinceItWasAsked() {
        assertThat(watch.committed("a")).isFalse();

        commit("b", 3);
        assertThat(watch.committed("a")).isTrue();
        assertThat(watch.committed("a")).isFalse();
        commit("b", 4);
        assertThat(watch.committed("a")).isTrue();
    }

    @Test
    void shouldNotTakeAThreadForTheOneWhoseNameItBears() {
        commit("a", 3);
        assertThat(watch.committed("a")).isTrue();

        commit("a", 3);
        assertThat(watch.committed("a")).isTrue();
        commit("a", 0);
        assertThat(watch.committed("a")).isFalse();
    }

    private void commit(String thread, double total) {
        MetricName name =
                new MetricName("commit-total", "stream-thread-metrics", "commits", Map.of("thread-id", thread));
        metrics.put(name, new Metric() {
            @Override
            public MetricName metricName() {
                return name;
            }

            @Override
            public Object metricValue() {
                return total;
            }
        });
    }
}
