package io.hedgerow.stream;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hedgerow.device.DeviceException;
import io.hedgerow.device.DeviceTimeoutException;
import io.hedgerow.serde.RegistryUnavailableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ReplaceThreadTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ThreadFaults faults = new ThreadFaults();
    private final ReplaceThread handler = handler(() -> true, () -> false);

    @Test
    void shouldReplaceTheThreadForWhatMayPass() {
        assertThat(handler.handle(new StreamsException(new DeviceTimeoutException("hung"))))
                .isEqualTo(REPLACE_THREAD);
        assertThat(handler.handle(new StreamsException(new RegistryUnavailableException("away", null))))
                .isEqualTo(REPLACE_THREAD);
        assertThat(handler.handle(new TimeoutException("no answer"))).isEqualTo(REPLACE_THREAD);
        assertThat(meters.get("hedgerow.threads.replaced").counter().count()).isEqualTo(3);
    }

    @Test
    void shouldStopForWhatAPersonHasToMend() {
        assertThat(handler.handle(new StreamsException(new SaslAuthenticationException("wrong password"))))
                .isEqualTo(SHUTDOWN_CLIENT);
        assertThat(handler.handle(new StreamsException(new TopicAuthorizationException("no access"))))
                .isEqualTo(SHUTDOWN_CLIENT);
        assertThat(handler.handle(new MissingSourceTopicException("gone"))).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(handler.handle(new StreamsException(new OutOfMemoryError()))).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(meters.get("hedgerow.threads.replaced").counter().count()).isZero();
    }

    @Test
    void shouldReplaceTheThreadOfAFailedDeviceOnlyWhenOneIsWorthTrying() throws Exception {
        AtomicBoolean admits = new AtomicBoolean();
        AtomicInteger asked = new AtomicInteger();
        ReplaceThread waiting = handler(
                () -> {
                    asked.incrementAndGet();
                    return admits.get();
                },
                () -> false);
        var replaced =
                CompletableFuture.supplyAsync(() -> waiting.handle(new StreamsException(new DeviceException("down"))));

        await().until(() -> asked.get() > 2);
        assertThat(replaced).isNotDone();
        admits.set(true);
        assertThat(replaced.get(20, SECONDS)).isEqualTo(REPLACE_THREAD);
    }

    @Test
    void shouldNotWaitForADeviceWhenToldToStopOrIfNoDeviceIsAtFault() {
        ReplaceThread stopping = handler(() -> false, () -> true);
        assertThat(stopping.handle(new StreamsException(new DeviceException("down"))))
                .isEqualTo(REPLACE_THREAD);
        ReplaceThread other = handler(
                () -> {
                    throw new AssertionError();
                },
                () -> false);
        assertThat(other.handle(new TimeoutException("broker"))).isEqualTo(REPLACE_THREAD);
    }

    @Test
    void shouldTellWhyThreadsAreReplaced() {
        assertThat(faults.recent()).isEmpty();

        handler.handle(new StreamsException(
                "outer",
                new StreamsException("Existing internal topic log has invalid partitions: expected: 6; actual: 4.")));

        assertThat(faults.recent().orElseThrow())
                .startsWith("Existing internal topic log has invalid partitions: expected: 6; actual: 4.")
                .endsWith("`hedgerow topics add-partitions` gives all topics as many as they need");
    }

    private ReplaceThread handler(BooleanSupplier devicesAdmit, BooleanSupplier stopping) {
        return new ReplaceThread(Duration.ZERO, devicesAdmit, stopping, faults, thread -> false, meters);
    }
}
