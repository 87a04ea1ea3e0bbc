package io.hedgerow.topology;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.explain.DeviceTimeoutException;
import io.hedgerow.serde.RegistryUnavailableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ReplaceThreadTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ReplaceThread handler = new ReplaceThread(Duration.ZERO, meters);

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
}
