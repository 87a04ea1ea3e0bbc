package io.hedgerow.web;

import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinBindException;
import java.net.BindException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.LowResourceMonitor;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Serves health and metrics, and what parts of the process add, until it is closed. */
public final class WebServer implements AutoCloseable {
    /** Enough for probes, a scraper and people who look: what Jetty needs for itself, and a few. Made when they are needed. */
    private static final int THREADS = 16;

    /** Connections beyond which silent ones are closed soon: none holds a thread, but each a file. */
    private static final int MANY = 256;

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Javalin server;

    /**
     * Listens at once.
     *
     * @param settings where to listen
     * @param metrics the text of {@code /metrics}, in Prometheus' format 0.0.4
     * @param pages adds whatever else is served
     * @throws BindException if address and port can't be listened on
     */
    public WebServer(
            HttpSettings settings, List<Health.Source> sources, Supplier<String> metrics, Consumer<RoutesConfig> pages)
            throws BindException {
        server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.startupWatcherEnabled = false;
            config.jetty.threadPool = new QueuedThreadPool(THREADS, 2);
            config.jetty.modifyServer(WebServer::closeSilentOnes);
            config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
            config.routes.get("/livez", context -> answer(context, sources, Health::live));
            config.routes.get(
                    "/readyz", context -> answer(context, sources, health -> health.live() && health.ready()));
            config.routes.get("/metrics", context -> context.contentType("text/plain; version=0.0.4; charset=utf-8")
                    .result(metrics.get()));
            pages.accept(config.routes);
        });
        try {
            server.start(settings.address(), settings.port());
        } catch (JavalinBindException e) {
            throw new BindException("Health and metrics can't be served on " + settings.address() + ":"
                    + settings.port() + ", which is taken or not this machine's; set http.port or http.address");
        }
    }

    /** The port listened on. */
    public int port() {
        return server.port();
    }

    private static void closeSilentOnes(Server server) {
        LowResourceMonitor monitor = new LowResourceMonitor(server);
        monitor.setMonitorThreads(false);
        monitor.addLowResourceCheck(new ManyConnections(server));
        monitor.setPeriod((int) SOON.toMillis());
        monitor.setLowResourcesIdleTimeout((int) SOON.toMillis());
        // Those that came since, too.
        monitor.setMaxLowResourcesTime((int) SOON.toMillis());
        server.addBean(monitor);
    }

    /** Jetty's own check of this asks the connectors that a monitor is told of, of which there are none before the start. */
    private record ManyConnections(Server server) implements LowResourceMonitor.LowResourceCheck {
        @Override
        public boolean isLowOnResources() {
            return Arrays.stream(server.getConnectors())
                            .mapToInt(connector ->
                                    connector.getConnectedEndPoints().size())
                            .sum()
                    > MANY;
        }

        @Override
        public String getReason() {
            return "more than " + MANY + " connections";
        }
    }

    private static void answer(Context context, List<Health.Source> sources, Predicate<Health> good) {
        List<Health> all = sources.stream().map(Health.Source::health).toList();
        context.status(all.stream().allMatch(good) ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .result(all.stream().map(health -> health + "\n").collect(Collectors.joining()));
    }

    @Override
    public void close() {
        server.stop();
    }
}
