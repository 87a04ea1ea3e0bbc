package io.hedgerow.service;

import io.hedgerow.compiler.api.CompileProgress;
import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.web.Health;
import io.hedgerow.web.Metrics;
import io.hedgerow.web.WebServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running process, as a configuration says: health and metrics over HTTP, its surroundings watched, and its parts. Made, it is
 * ready to {@link #start()}. For one thread.
 */
public final class HedgerowService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HedgerowService.class);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Opened opened = new Opened();
    private final @Nullable Explaining explaining;
    private final List<ServicePart> parts;
    private final WebServer web;

    /** Makes a process that logs how far the compiler has come with models that are new here. */
    public HedgerowService(HedgerowConfig config, String version) throws Exception {
        this(config, version, (done, all, step) -> LOG.info("Compiling a model that is new here: {}", step));
    }

    /**
     * Makes a process that explains on the devices that the configuration names.
     *
     * @param compiling told how far the compiler has come with a model that is new here
     */
    public HedgerowService(HedgerowConfig config, String version, CompileProgress compiling) throws Exception {
        this(config, version, LoadedDevices.provider(config, compiling));
    }

    /**
     * Waits for broker and registry, serves health and metrics from then on, and gets everything ready: models are compiled
     * and loaded.
     *
     * @param version of this program, for explanations and metrics
     * @param devices provides what explains; the configuration's devices and models play no part then
     * @throws io.hedgerow.config.ConfigurationException if the configuration names what is not there
     * @throws java.io.IOException if a model can't be read, a port is taken, or the registry does not answer in time
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer in time, or topics are not as they must be
     */
    public HedgerowService(HedgerowConfig config, String version, DeviceProvider devices) throws Exception {
        this(config, version, Optional.of(devices));
    }

    /** Takes what provides the devices; nothing if only what other processes explain is monitored. */
    private HedgerowService(HedgerowConfig config, String version, Optional<DeviceProvider> devices) throws Exception {
        try {
            Connection connection = Connection.of(config);
            Metrics metrics = opened.add(new Metrics(version));
            ServiceContext context = new ServiceContext(config, connection, metrics, version);
            explaining = devices.isPresent() ? new Explaining(context, devices.get()) : null;
            parts = parts(context, explaining);
            Surroundings surroundings = opened.add(new Surroundings(connection, metrics.registry()));
            web = opened.add(new WebServer(
                    config.http(),
                    surroundings.with(health()),
                    metrics::scrape,
                    routes -> parts.forEach(part -> part.addTo(routes))));
            parts.forEach(opened::add);
            for (ServicePart part : parts) {
                part.prepare();
            }
        } catch (Exception | Error e) {
            opened.closeAfter(e);
            throw e;
        }
    }

    /** A process that monitors what other processes explain. */
    public static HedgerowService monitoring(HedgerowConfig config, String version) throws Exception {
        return new HedgerowService(config, version, Optional.empty());
    }

    /** The parts of a process, in the order in which they start: where a further one is added. */
    private static List<ServicePart> parts(ServiceContext context, @Nullable Explaining explaining) {
        Monitoring monitoring = new Monitoring(context, explaining == null);
        Showing showing = new Showing(context, monitoring::off);
        return explaining == null ? List.of(monitoring, showing) : List.of(explaining, monitoring, showing);
    }

    /** Starts all parts. */
    public void start() throws Exception {
        for (ServicePart part : parts) {
            part.start();
        }
        LOG.info("Running; health and metrics are at port {}, and the dashboard", web.port());
    }

    /** The port listened on. */
    public int port() {
        return web.port();
    }

    /** Lets events wait until {@link #resume()}: what is under way is finished. */
    public void pause() {
        explaining().pause();
    }

    /** Goes on with the events that wait. */
    public void resume() {
        explaining().resume();
    }

    /** What events are explained with. */
    public ReadAhead readAhead() {
        return explaining().readAhead();
    }

    /**
     * Looks once whether all is well.
     *
     * @throws Exception if a part has failed for good
     */
    public void look() throws Exception {
        for (ServicePart part : parts) {
            part.look();
        }
    }

    /**
     * Waits until told to stop.
     *
     * @throws Exception if a part has failed for good
     */
    public void await(Stop stop) throws Exception {
        do {
            look();
        } while (!stop.await(LOOK));
    }

    /** Stops all parts in reverse, each having its grace for what is under way. */
    @Override
    public void close() throws Exception {
        opened.close();
    }

    private Explaining explaining() {
        if (explaining == null) {
            throw new IllegalStateException("this process explains nothing");
        }
        return explaining;
    }

    private List<Health.Source> health() {
        return parts.stream().flatMap(part -> part.health().stream()).toList();
    }
}
