package io.hedgerow.service;

import io.hedgerow.compiler.api.CompileProgress;
import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.web.Health;
import io.hedgerow.web.Metrics;
import io.hedgerow.web.WebServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private final List<ServicePart> parts;
    private final WebServer web;

    /** Makes a process that logs how far the compiler has come with models that are new here. */
    public HedgerowService(HedgerowConfig config, String version) throws Exception {
        this(config, version, (done, all, step) -> LOG.info("Compiling a model that is new here: {}", step));
    }

    /**
     * Waits for broker and registry, serves health and metrics from then on, and gets everything ready: models are compiled
     * and loaded.
     *
     * @param version of this program, for explanations and metrics
     * @param compiling told how far the compiler has come with a model that is new here
     * @throws io.hedgerow.config.ConfigurationException if the configuration names what is not there
     * @throws java.io.IOException if a model can't be read, a port is taken, or the registry does not answer in time
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer in time, or topics are not as they must be
     */
    public HedgerowService(HedgerowConfig config, String version, CompileProgress compiling) throws Exception {
        this(config, version, compiling, HedgerowService::all);
    }

    private HedgerowService(HedgerowConfig config, String version, CompileProgress compiling, Parts made)
            throws Exception {
        try {
            Connection connection = Connection.of(config);
            Metrics metrics = opened.add(new Metrics(version));
            parts = made.of(new ServiceContext(config, connection, metrics, version, compiling));
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
        return new HedgerowService(
                config,
                version,
                (done, all, step) -> {},
                context -> withDashboard(context, List.of(), new Monitoring(context, true)));
    }

    private interface Parts {
        List<ServicePart> of(ServiceContext context) throws Exception;
    }

    /** The parts of a process, in the order in which they start: where a further one is added. */
    private static List<ServicePart> all(ServiceContext context) throws Exception {
        return withDashboard(context, List.of(new Explaining(context)), new Monitoring(context, false));
    }

    private static List<ServicePart> withDashboard(
            ServiceContext context, List<ServicePart> others, Monitoring monitoring) {
        List<ServicePart> all = new ArrayList<>(others);
        all.add(monitoring);
        all.add(new Showing(context, monitoring::off));
        return List.copyOf(all);
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

    private List<Health.Source> health() {
        return parts.stream().flatMap(part -> part.health().stream()).toList();
    }
}
