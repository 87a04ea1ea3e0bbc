package io.hedgerow.monitor.stream;

import io.hedgerow.ReferenceEntry;
import io.hedgerow.monitor.Findings;
import io.hedgerow.monitor.MonitorSettings;
import io.hedgerow.serde.MalformedRecordException;
import io.hedgerow.serde.UnknownSchemaException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that the merging task knows, in memory and in its store, and what it does with it. Belongs to one task. */
final class MergeState {
    private static final Logger LOG = LoggerFactory.getLogger(MergeState.class);
    private static final long GRACE = Duration.ofSeconds(5).toMillis();
    private static final long QUIET = Duration.ofSeconds(10).toMillis();
    private static final long IDLE = Duration.ofMinutes(1).toMillis();
    private static final int MOST_LATE = 1_000;

    private final MonitorInputs inputs;
    private final MonitorSerdes serdes;
    private final MonitorMeters meters;
    private final long length;
    private final Monitors monitors;
    private final Horizon horizon;
    private final PendingWindows pending;
    private final PendingWindows late;
    private final PublishedProfiles published;
    private final Outbox outbox;

    /** Goes on from a store. */
    MergeState(
            MonitorInputs inputs,
            MonitorSettings settings,
            MonitorSerdes serdes,
            Pictures pictures,
            MonitorMeters meters,
            KeyValueStore<String, byte[]> store,
            ProcessorContext<String, Outgoing> context) {
        this.inputs = inputs;
        this.serdes = serdes;
        this.meters = meters;
        length = settings.window().toMillis();
        long now = context.currentSystemTimeMs();
        StoreMemory.forgetOtherLayout(store);
        monitors = new Monitors(store, settings);
        horizon = new Horizon(store, now);
        // what was kept may have come after it was kept last how far events are
        pending = new PendingWindows(store, "pending/", length, now, partial -> hear(partial, now));
        late = new PendingWindows(store, "late/", length, now, partial -> {});
        published = new PublishedProfiles(store, inputs.monitor().profiles(), serdes.profiles());
        outbox = new Outbox(inputs.monitor(), serdes, new Evidence(pictures), store, meters, context);
        monitors.all().forEach(one -> meters.reference(one.key(), one.monitor().referenceTo()));
    }

    /**
     * Takes a partial in.
     *
     * @param now wall-clock time
     */
    void add(Partial partial, long now) {
        if (partial.body() instanceof Partial.Said said) {
            obey(said.value());
            return;
        }
        hear(partial, now);
        if (partial.body() instanceof Partial.Alive) {
            return;
        }
        if (isClosed(partial.time(), horizon.last())) {
            late.add(partial, now);
            meters.late(1);
            if (late.size() >= MOST_LATE) {
                countLate();
            }
        } else {
            pending.add(partial, now);
        }
        if (partial.body() instanceof Partial.Seen) {
            meters.events(1);
        }
    }

    /** Closes the windows that events have come past. */
    void close(long now) {
        long reached = horizon.at(now);
        while (!pending.windows().isEmpty()) {
            long start = pending.windows().firstKey();
            if (!isClosed(start, reached)) {
                return;
            }
            List<Partial.Body> bodies =
                    pending.windows().firstEntry().getValue().bodies();
            ModelWindow.of(bodies, monitors).forEach((model, window) -> {
                if (window.explained()) {
                    monitors.seen(model, start);
                }
                Findings findings = model.monitor().close(window.window(start));
                published.put(model.key(), start, findings.profiles());
                meters.closed(model.key(), findings.profiles());
                meters.reference(model.key(), model.monitor().referenceTo());
                outbox.send(model.key(), findings, window);
            });
            pending.remove(start);
            horizon.save();
        }
    }

    /** Counts what came late into the profiles of its windows; of those that aren't kept any more a part of its own is written. */
    void countLate() {
        while (!late.windows().isEmpty()) {
            var first = late.windows().firstEntry();
            long start = first.getKey();
            ModelWindow.of(first.getValue().bodies(), monitors).forEach((model, window) -> {
                boolean apart = published.mayBeForgotten(start);
                var profiles = model.monitor()
                        .late(apart ? List.of() : published.of(model.key(), start), window.window(start));
                if (apart) {
                    outbox.sendApart(profiles);
                } else {
                    published.put(model.key(), start, profiles);
                    outbox.send(model.key(), new Findings(profiles, List.of(), List.of()), window);
                }
            });
            late.remove(start);
        }
    }

    /** Shows what there is of windows of which nothing more has come for a while; they stay open. */
    void showQuiet(long now) {
        pending.windows().forEach((start, window) -> {
            if (!window.isShown() && now - window.last() >= QUIET) {
                show(start, window);
            }
        });
    }

    /** Keeps how far events have come. */
    void save() {
        horizon.save();
        meters.horizon(horizon.last());
    }

    /** Time goes on for what is stale though no events come: by as much as it has gone on here since they did. */
    void idle(long now) {
        long reached = horizon.last();
        if (reached != Long.MIN_VALUE && horizon.silence(now) >= IDLE) {
            for (Monitors.Monitored one : monitors.all()) {
                outbox.send(one.key(), one.monitor().idle(reached + horizon.silence(now)), null);
            }
        }
    }

    private void show(long start, PendingWindows.Pending window) {
        window.show();
        ModelWindow.of(window.bodies(), monitors)
                .forEach((model, part) -> outbox.send(
                        model.key(),
                        new Findings(model.monitor().provisional(part.window(start)), List.of(), List.of()),
                        null));
    }

    private void obey(byte[] value) {
        try {
            ReferenceEntry entry = serdes.references()
                    .deserializer()
                    .deserialize(inputs.monitor().references(), value);
            if (entry != null) {
                Monitors.Monitored model = monitors.of(ModelKey.of(entry.getModel(), entry.getMethod()));
                outbox.send(model.key(), model.monitor().take(entry), null);
                meters.reference(model.key(), model.monitor().referenceTo());
            }
        } catch (MalformedRecordException | UnknownSchemaException | IllegalArgumentException e) {
            meters.unreadable();
            LOG.warn("Passing over a record of {}: {}", inputs.monitor().references(), e.getMessage());
        }
    }

    private boolean isClosed(long time, long reached) {
        return reached != Long.MIN_VALUE && Math.floorDiv(time, length) * length + length + GRACE <= reached;
    }

    private void hear(Partial partial, long now) {
        String source = partial.source();
        if (inputs.tellsTime(source.substring(0, source.lastIndexOf('-')))) {
            horizon.heard(source, partial.time(), now);
        }
    }
}
