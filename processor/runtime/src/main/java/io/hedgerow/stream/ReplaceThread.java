package io.hedgerow.stream;

import io.hedgerow.serde.RegistryRefusedException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
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
 *
 * <p>After a device's fault, replacing goes on when a device is worth trying: until then the new thread could only fail, and
 * each replacement rebalances the group. The pause stays far below {@code max.poll.interval.ms}, for as long as it lasts
 * others can't rebalance.
 */
final class ReplaceThread implements StreamsUncaughtExceptionHandler {
    // RATIONALE: Why does nothing continue after an error?
    private static final Logger LOG = LoggerFactory.getLogger(ReplaceThread.class);
    private static final List<Class<? extends Throwable>> FATAL = List.of(
            RegistryRefusedException.class,
            AuthenticationException.class,
            AuthorizationException.class,
            ConfigException.class,
            TopologyException.class,
            MissingSourceTopicException.class,
            Error.class);

    private static final long LOOK_MILLIS = 100;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Duration pause;
    private final BooleanSupplier devicesAdmit;
    private final BooleanSupplier stopping;
    private final ThreadFaults faults;
    private final Predicate<String> committed;
    private final Counter replaced;

    /**
     * Takes how long to pause at least.
     *
     * @param devicesAdmit whether any device takes requests
     * @param stopping whether no thread is wanted any more
     * @param faults told of each thread that is replaced
     * @param committed whether anything was committed since it was last asked by a thread of some name
     */
    ReplaceThread(
            Duration pause,
            BooleanSupplier devicesAdmit,
            BooleanSupplier stopping,
            ThreadFaults faults,
            Predicate<String> committed,
            MeterRegistry meters) {
        this.pause = pause;
        this.devicesAdmit = devicesAdmit;
        this.stopping = stopping;
        this.faults = faults;
        this.committed = committed;
        this.replaced = Counter.builder("hedgerow.threads.replaced")
                .description("Stream threads that failed and were replaced")
                .register(meters);
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            for (Class<? extends Throwable> fatal : FATAL) {
                if (fatal.isInstance(cause)) {
                    LOG.error("Stopping: {}", cause.toString());
                    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
                }
            }
        }
        ThreadFault fault = ThreadFault.of(failure);
        String thread = Thread.currentThread().getName();
        LOG.warn("Replacing stream thread {}: {}", thread, fault.line());
        faults.add(fault, committed.test(thread));
        replaced.increment();
        try {
            Thread.sleep(pause.toMillis());
            long end = System.nanoTime() + LONGEST_WAIT.toNanos();
            while (fault.isDevices()
                    && !devicesAdmit.getAsBoolean()
                    && !stopping.getAsBoolean()
                    && System.nanoTime() < end) {
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
