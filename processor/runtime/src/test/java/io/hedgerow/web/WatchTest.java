package io.hedgerow.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WatchTest {
    @Test
    void shouldSayWhatIsWrongForAsLongAsItIs() {
        AtomicReference<String> wrong = new AtomicReference<>("");
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Watch.Look look = () -> {
            if (!wrong.get().isEmpty()) {
                throw new IOException(wrong.get());
            }
        };
        try (Watch watch = new Watch("broker", "reachable", look, Duration.ofMillis(5), meters)) {
            assertThat(watch.health()).hasToString("broker: reachable");

            wrong.set("no answer\n from it");
            await().until(() -> !watch.health().ready());
            assertThat(watch.health()).hasToString("broker: no answer from it (not ready)");
            assertThat(watch.health().live()).isTrue();
            assertThat(meters.get("hedgerow.broker.up").gauge().value()).isZero();

            wrong.set("");
            await().until(() -> watch.health().ready());
            assertThat(meters.get("hedgerow.broker.up").gauge().value()).isEqualTo(1);
        }
    }
}
