package io.hedgerow.topology;

import io.hedgerow.serde.RegistryRefusedException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.apache.kafka.streams.errors.TopologyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream thread that failed is replaced, after a pause; the new one reads again what was not committed. Only what a
 * person has to mend, and errors of the virtual machine, stop the client.
 */
final class ReplaceThread implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ReplaceThread.class);
    private static final List<Class<? extends Throwable>> FATAL = List.of(
            RegistryRefusedException.class,
            AuthenticationException.class,
            AuthorizationException.class,
            ConfigException.class,
            TopologyException.class,
            MissingSourceTopicException.class,
            Error.class);

    private final Duration pause;
    private final Counter replaced;

    ReplaceThread(Duration pause, MeterRegistry meters) {
        this.pause = pause;
        this.replaced = Counter.builder("hedgerow.threads.replaced")
                .description("Stream threads that failed and were replaced")
                .register(meters);
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            root = cause;
            for (Class<? extends Throwable> fatal : FATAL) {
                if (fatal.isInstance(cause)) {
                    LOG.error("Stopping: {}", cause.toString());
                    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
                }
            }
        }
        LOG.warn("Replacing stream thread {}: {}", Thread.currentThread().getName(), root.toString());
        replaced.increment();
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
