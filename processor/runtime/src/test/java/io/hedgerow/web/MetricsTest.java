package io.hedgerow.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsTest {
    @Test
    void shouldAnswerWithoutKafkasMetersWhileItsClientsComeAndGo() {
        try (Metrics metrics = new Metrics("1.2.3")) {
            metrics.bind(() -> {
                throw new IllegalStateException("the client was closed");
            });

            assertThat(metrics.scrape())
                    .contains("hedgerow_info{version=\"1.2.3\"} 1")
                    .doesNotContain("kafka_");
        }
    }
}
