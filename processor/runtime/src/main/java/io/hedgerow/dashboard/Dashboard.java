package io.hedgerow.dashboard;

import io.hedgerow.AuditCheckpoint;
import io.hedgerow.dashboard.events.AuditTrail;
import io.hedgerow.dashboard.events.EventPages;
import io.hedgerow.dashboard.events.EventStore;
import io.hedgerow.dashboard.events.PastEvents;
import io.hedgerow.dashboard.events.SpanReferences;
import io.hedgerow.dashboard.feed.Feed;
import io.hedgerow.dashboard.feed.FeedTail;
import io.hedgerow.dashboard.feed.MonitorTail;
import io.hedgerow.dashboard.http.Answering;
import io.hedgerow.dashboard.http.EventRoutes;
import io.hedgerow.dashboard.http.Overview;
import io.hedgerow.dashboard.http.Routes;
import io.hedgerow.dashboard.http.StreamHub;
import io.hedgerow.dashboard.security.Gate;
import io.hedgerow.dashboard.view.View;
import io.hedgerow.monitor.stream.MonitorInputs;
import io.hedgerow.monitor.stream.MonitorSerdes;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.topics.MonitorTopics;
import io.hedgerow.topics.Topics;
import io.javalin.config.RoutesConfig;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The page's server: what it knows, and how it answers. One thread starts and closes it. */
public final class Dashboard implements AutoCloseable {
    private final Gate gate;
    private final MonitorSerdes serdes;
    private final RegistrySerde<AuditCheckpoint> checkpoints;
    private final StreamHub hub;
    private final EventStore store;
    private final Answering answering;
    private final Routes routes;
    private final FeedTail feedTail;
    private final @Nullable MonitorTail monitorTail;
    private boolean started;

    /** Prepares all of it. Nothing connects before {@link #start()}. */
    public Dashboard(DashboardSources sources) {
        Clock clock = Clock.systemUTC();
        gate = new Gate(sources.access(), sources.address(), clock);
        View view = new View(clock, sources.off());
        Feed feed = new Feed();
        serdes = new MonitorSerdes(sources.registry());
        Overview overview = new Overview(
                sources.version(),
                sources.applicationId(),
                () -> monitorState(sources),
                view,
                feed,
                new MachineMeter(sources.meters(), sources.lag(), view)::measure);
        hub = new StreamHub(overview);
        String topic = sources.topics().explanations();
        store = new EventStore(
                () -> sources.consumers().apply("hedgerow-dashboard-events"),
                topic,
                serdes.explanations(),
                serdes.eventSerde(),
                sources.decoder());
        MonitorTopics topics = sources.monitor();
        answering = new Answering(view, topics == null ? null : spans(sources, topics), sources.answers(), gate);
        checkpoints = RegistrySerde.of(AuditCheckpoint.class, sources.registry());
        routes = new Routes(
                overview,
                gate,
                hub,
                new EventRoutes(store, new EventPages(store, feed), new PastEvents(store), trail(sources.topics())),
                answering);
        feedTail = new FeedTail(
                () -> sources.consumers().apply("hedgerow-dashboard-feed"),
                topic,
                serdes.explanations(),
                hub::isLookedAt,
                feed,
                store::know);
        monitorTail = topics == null
                ? null
                : new MonitorTail(
                        () -> sources.consumers().apply("hedgerow-dashboard-monitor"), topics, serdes, view, clock);
    }

    /** Adds what the page asks for. */
    public void addTo(RoutesConfig config) {
        routes.addTo(config);
    }

    /** Whether the page is shown to nobody, for other machines could reach it and nothing says who may. */
    public boolean isShut() {
        return gate.isShut();
    }

    /** How many browsers read the stream of changes. */
    public int readers() {
        return hub.readers();
    }

    /** Begins to follow the topics. */
    public void start() {
        started = true;
        feedTail.start();
        if (monitorTail != null) {
            monitorTail.start();
        }
    }

    @Override
    public void close() throws InterruptedException {
        hub.close();
        if (started) {
            feedTail.close();
            if (monitorTail != null) {
                monitorTail.close();
            }
        }
        answering.close();
        store.close();
        serdes.close();
        checkpoints.close();
    }

    private @Nullable AuditTrail trail(Topics topics) {
        String entries = topics.audit();
        String notes = topics.checkpoints();
        return entries == null || notes == null
                ? null
                : new AuditTrail(store, entries, notes, serdes.audit(), checkpoints.deserializer());
    }

    private SpanReferences spans(DashboardSources sources, MonitorTopics topics) {
        return new SpanReferences(store, MonitorInputs.of(sources.topics(), topics), sources.monitoring(), serdes);
    }

    private static Overview.MonitorState monitorState(DashboardSources sources) {
        String off = sources.off().get();
        String state = off.isEmpty() ? "on" : sources.monitor() == null ? "off" : "absent";
        return new Overview.MonitorState(state, off);
    }
}
