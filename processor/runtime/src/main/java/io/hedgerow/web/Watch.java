package io.hedgerow.web;

import io.hedgerow.stream.OneLine;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks again and again whether something outside this process is as it has to be, and logs when that changes. */
public final class Watch implements Health.Source, AutoCloseable {
    /** Throws if something is wrong; the message says what, in one line. */
    @FunctionalInterface
    public interface Look {
        /** Looks once, within seconds. */
        void look() throws Exception;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final String name;
    private final String good;
    private final Look look;
    private final ScheduledExecutorService thread;
    private volatile String wrong = "";

    /**
     * Begins to look.
     *
     * @param name of what is looked at, as health has it, and the gauge {@code hedgerow.NAME.up}
     * @param good what it is if nothing is wrong, in a word or two
     * @param pause between two looks
     */
    public Watch(String name, String good, Look look, Duration pause, MeterRegistry meters) {
        this.name = name;
        this.good = good;
        this.look = look;
        Gauge.builder("hedgerow." + name + ".up", this, watch -> watch.wrong.isEmpty() ? 1 : 0)
                .description("1 while the %s is %s".formatted(name, good))
                .register(meters);
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "hedgerow-watch-" + name);
            daemon.setDaemon(true);
            return daemon;
        });
        var unused = thread.scheduleWithFixedDelay(this::lookOnce, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Health health() {
        String now = wrong;
        return new Health(name, true, now.isEmpty(), now.isEmpty() ? good : now);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void lookOnce() {
        String found = "";
        try {
            look.look();
        } catch (Exception e) {
            if (thread.isShutdown()) {
                return;
            }
            found = OneLine.of(String.valueOf(e.getMessage()));
        }
        if (!found.isEmpty() && wrong.isEmpty()) {
            LOG.warn("Not ready: {}: {}", name, found);
        } else if (found.isEmpty() && !wrong.isEmpty()) {
            LOG.info("{}: {} again", name, good);
        }
        wrong = found;
    }
}
