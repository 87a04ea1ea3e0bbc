package io.hedgerow.monitor.stream;

import io.hedgerow.ReferenceEntry;
import io.hedgerow.monitor.Findings;
import io.hedgerow.monitor.MonitorSettings;
import io.hedgerow.serde.MalformedRecordException;
import io.hedgerow.serde.UnknownSchemaException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings together what came of all partitions, closes windows of event time, and sends out what monitors find. All that it knows is
 * in its store, so that what it writes is the same wherever and however often it was started anew in between. Wall-clock time only
 * tells when to look: no window is closed before events have come past it.
 */
final class MergeProcessor implements Processor<byte[], byte[], String, Outgoing> {
    /** Its store. */
    static final String STATE = "state";

    private static final Logger LOG = LoggerFactory.getLogger(MergeProcessor.class);
    private static final long GRACE = Duration.ofSeconds(5).toMillis();
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final long WARM_UP = Duration.ofSeconds(2).toMillis();
    private static final long QUIET = Duration.ofSeconds(10).toMillis();
    private static final long IDLE = Duration.ofMinutes(1).toMillis();
    private static final int MOST_LATE = 1_000;

    private final MonitorInputs inputs;
    private final MonitorSettings settings;
    private final MonitorSerdes serdes;
    private final Pictures pictures;
    private final MonitorMeters meters;
    private final long length;
    private final PartialCodec codec = new PartialCodec();
    private @Nullable ProcessorContext<String, Outgoing> context;
    private @Nullable Work work;

    /** What is there once the task has begun. */
    private record Work(
            Monitors monitors,
            Horizon horizon,
            PendingWindows pending,
            PendingWindows late,
            PublishedProfiles published,
            Outbox outbox,
            long from) {}

    MergeProcessor(
            MonitorInputs inputs,
            MonitorSettings settings,
            MonitorSerdes serdes,
            Pictures pictures,
            MonitorMeters meters) {
        this.inputs = inputs;
        this.settings = settings;
        this.serdes = serdes;
        this.pictures = pictures;
        this.meters = meters;
        this.length = settings.window().toMillis();
    }

    @Override
    public void init(ProcessorContext<String, Outgoing> context) {
        this.context = context;
        long now = context.currentSystemTimeMs();
        KeyValueStore<String, byte[]> store = context.getStateStore(STATE);
        work = new Work(
                new Monitors(store, settings),
                new Horizon(store, now),
                new PendingWindows(store, "pending/", length, now),
                new PendingWindows(store, "late/", length, now),
                new PublishedProfiles(store, inputs.monitor().profiles(), serdes.profiles()),
                new Outbox(inputs.monitor(), serdes, new Evidence(pictures), store, meters, context),
                now);
        context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, this::look);
        context.schedule(Duration.ofMillis(IDLE), PunctuationType.WALL_CLOCK_TIME, this::idle);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Work at = work();
        long now = context().currentSystemTimeMs();
        Partial partial = codec.read(record.value());
        if (partial.body() instanceof Partial.Said said) {
            obey(at, said.value());
            return;
        }
        if (tellsTime(partial.source())) {
            at.horizon().heard(partial.source(), partial.time(), now);
        }
        if (partial.body() instanceof Partial.Alive) {
            return;
        }
        if (isClosed(partial.time(), at.horizon().last())) {
            at.late().add(partial, now);
            meters.late(1);
            if (at.late().size() >= MOST_LATE) {
                countLate(at);
            }
        } else {
            at.pending().add(partial, now);
        }
        if (partial.body() instanceof Partial.Seen) {
            meters.events(1);
        }
        if (now - at.from() >= WARM_UP) {
            close(at, at.horizon().at(now));
        }
    }

    @Override
    public void close() {
        meters.clear();
        pictures.close();
    }

    private void look(long now) {
        Work at = work();
        if (now - at.from() >= WARM_UP) {
            close(at, at.horizon().at(now));
        }
        countLate(at);
        at.pending().windows().forEach((start, pending) -> {
            if (!pending.isShown() && now - pending.last() >= QUIET) {
                show(at, start, pending);
            }
        });
        at.horizon().save();
        meters.horizon(at.horizon().last());
    }

    /** Time goes on for what is stale though no events come: by as much as it has gone on here since they did. */
    private void idle(long now) {
        Work at = work();
        long horizon = at.horizon().last();
        if (horizon != Long.MIN_VALUE && at.horizon().silence(now) >= IDLE) {
            for (Monitors.Monitored one : at.monitors().all()) {
                at.outbox()
                        .send(
                                one.key(),
                                one.monitor().idle(horizon + at.horizon().silence(now)),
                                null);
            }
        }
    }

    private void close(Work at, long horizon) {
        while (!at.pending().windows().isEmpty()) {
            long start = at.pending().windows().firstKey();
            if (!isClosed(start, horizon)) {
                return;
            }
            List<Partial.Body> bodies =
                    at.pending().windows().firstEntry().getValue().bodies();
            ModelWindow.of(bodies, at.monitors()).forEach((model, window) -> {
                if (window.explained()) {
                    at.monitors().seen(model, start);
                }
                Findings findings = model.monitor().close(window.window(start));
                at.published().put(model.key(), start, findings.profiles());
                meters.closed(model.key(), findings.profiles());
                at.outbox().send(model.key(), findings, window);
            });
            at.pending().remove(start);
            at.horizon().save();
        }
    }

    /** Counts what came late into the profiles of its windows; of those that aren't kept any more a part of its own is written. */
    private void countLate(Work at) {
        while (!at.late().windows().isEmpty()) {
            var first = at.late().windows().firstEntry();
            long start = first.getKey();
            ModelWindow.of(first.getValue().bodies(), at.monitors()).forEach((model, window) -> {
                boolean apart = at.published().mayBeForgotten(start);
                var profiles = model.monitor()
                        .late(apart ? List.of() : at.published().of(model.key(), start), window.window(start));
                if (apart) {
                    at.outbox().sendApart(profiles);
                } else {
                    at.published().put(model.key(), start, profiles);
                    at.outbox().send(model.key(), new Findings(profiles, List.of(), List.of()), window);
                }
            });
            at.late().remove(start);
        }
    }

    private void show(Work at, long start, PendingWindows.Pending pending) {
        pending.show();
        for (Map.Entry<Monitors.Monitored, ModelWindow> entry :
                ModelWindow.of(pending.bodies(), at.monitors()).entrySet()) {
            at.outbox()
                    .send(
                            entry.getKey().key(),
                            new Findings(
                                    entry.getKey()
                                            .monitor()
                                            .provisional(entry.getValue().window(start)),
                                    List.of(),
                                    List.of()),
                            null);
        }
    }

    private void obey(Work at, byte[] value) {
        try {
            ReferenceEntry entry = serdes.references()
                    .deserializer()
                    .deserialize(inputs.monitor().references(), value);
            if (entry != null) {
                Monitors.Monitored model = at.monitors().of(ModelKey.of(entry.getModel(), entry.getMethod()));
                at.outbox().send(model.key(), model.monitor().take(entry), null);
            }
        } catch (MalformedRecordException | UnknownSchemaException | IllegalArgumentException e) {
            meters.unreadable();
            LOG.warn("Passing over a record of {}: {}", inputs.monitor().references(), e.getMessage());
        }
    }

    private boolean isClosed(long time, long horizon) {
        return horizon != Long.MIN_VALUE && Math.floorDiv(time, length) * length + length + GRACE <= horizon;
    }

    private boolean tellsTime(String source) {
        return inputs.tellsTime(source.substring(0, source.lastIndexOf('-')));
    }

    private Work work() {
        if (work == null) {
            throw new IllegalStateException("init has not been called");
        }
        return work;
    }

    private ProcessorContext<String, Outgoing> context() {
        if (context == null) {
            throw new IllegalStateException("init has not been called");
        }
        return context;
    }
}
