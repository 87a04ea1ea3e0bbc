package io.hedgerow.monitor.stream;

import io.hedgerow.Profile;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What an operator sees of monitoring. Of all instances the one shows it that brings everything together; the others have no
 * values. Written by that task's thread, read by any.
 */
public final class MonitorMeters {
    /** Whole classes of a model are told apart by the topic of profiles, not by metrics. */
    private static final int ALL_CLASSES = -1;

    /** Where a model stands. Times in milliseconds since 1970, {@link Long#MIN_VALUE} where there is none. */
    private record Standing(String model, double evidence, long windowEnd, long referenceTo) {}

    private final Clock clock;
    private final MultiGauge open;
    private final MultiGauge evidence;
    private final MultiGauge profileAge;
    private final MultiGauge referenceAge;
    private final Counter events;
    private final Counter windows;
    private final Counter late;
    private final Counter unreadable;
    private final Map<ModelKey, Standing> models = new ConcurrentHashMap<>();
    private volatile double lag = Double.NaN;

    public MonitorMeters(MeterRegistry registry, Clock clock) {
        this.clock = clock;
        open = MultiGauge.builder("hedgerow.alerts.open")
                .description("Alerts that are open")
                .register(registry);
        evidence = MultiGauge.builder("hedgerow.monitor.drift.evidence")
                .description(
                        "Logarithm of the evidence that maps of all classes together have changed: alerts open at 1")
                .register(registry);
        profileAge = MultiGauge.builder("hedgerow.monitor.profile.age.seconds")
                .description("Time since the last window ended that was closed")
                .register(registry);
        referenceAge = MultiGauge.builder("hedgerow.monitor.reference.age.seconds")
                .description("Time since the last event that the model's reference was learned from; none, no value")
                .register(registry);
        events = Counter.builder("hedgerow.monitor.events")
                .description("Explanations that were monitored")
                .register(registry);
        windows = Counter.builder("hedgerow.monitor.windows")
                .description("Windows that were closed")
                .register(registry);
        late = Counter.builder("hedgerow.monitor.late")
                .description("Records whose window was closed: they count in profiles, and no detector saw them")
                .register(registry);
        unreadable = Counter.builder("hedgerow.monitor.unreadable")
                .description("Records that monitoring could not read")
                .register(registry);
        Gauge.builder("hedgerow.monitor.lag.seconds", () -> lag)
                .description("How far the events that were read last are behind the present")
                .register(registry);
    }

    void events(int count) {
        events.increment(count);
    }

    void late(int count) {
        late.increment(count);
    }

    void unreadable() {
        unreadable.increment();
    }

    /** How far events have come; {@link Long#MIN_VALUE} if that isn't known. */
    void horizon(long time) {
        lag = time == Long.MIN_VALUE ? Double.NaN : Math.max(0, clock.millis() - time) / 1e3;
        show();
    }

    /** A model's window was closed. */
    void closed(ModelKey model, List<Profile> profiles) {
        windows.increment();
        for (Profile profile : profiles) {
            if (profile.getClassIndex() == ALL_CLASSES) {
                Double log = profile.getLogEvidence();
                Double threshold = profile.getLogThreshold();
                double share = log == null || threshold == null || threshold <= 0 ? 0 : Math.max(0, log / threshold);
                models.put(
                        model,
                        new Standing(
                                model.model().getName(),
                                share,
                                profile.getWindowEnd().toEpochMilli(),
                                standing(model).referenceTo()));
            }
        }
    }

    /**
     * What a model is compared with.
     *
     * @param to event time of the last event that its reference was learned from; {@link Long#MIN_VALUE} without one
     */
    void reference(ModelKey model, long to) {
        Standing before = standing(model);
        models.put(model, new Standing(before.model(), before.evidence(), before.windowEnd(), to));
    }

    /** Which alerts are open. */
    void open(Collection<OpenAlert> alerts) {
        Map<Tags, Long> counts = alerts.stream()
                .collect(Collectors.groupingBy(
                        alert -> Tags.of(
                                "model", alert.model(),
                                "kind", alert.kind(),
                                "severity", alert.severity()),
                        Collectors.counting()));
        open.register(
                counts.entrySet().stream()
                        .map(count -> Row.of(count.getKey(), count.getValue()))
                        .toList(),
                true);
    }

    /** Somebody else shows it now. */
    void clear() {
        models.clear();
        lag = Double.NaN;
        open(List.of());
        show();
    }

    private void show() {
        evidence.register(rows(Standing::evidence), true);
        profileAge.register(rows(standing -> age(standing.windowEnd())), true);
        referenceAge.register(rows(standing -> age(standing.referenceTo())), true);
    }

    private double age(long time) {
        return time == Long.MIN_VALUE ? Double.NaN : Math.max(0, clock.millis() - time) / 1e3;
    }

    /** Of each name the model that came last; what isn't known is left out, for a rule asks whether it is there. */
    private List<Row<?>> rows(ToDoubleFunction<Standing> value) {
        Map<String, Standing> newest = new TreeMap<>();
        models.values()
                .forEach(each -> newest.merge(
                        each.model(), each, (one, other) -> one.windowEnd() >= other.windowEnd() ? one : other));
        return newest.values().stream()
                .filter(standing -> !Double.isNaN(value.applyAsDouble(standing)))
                .<Row<?>>map(standing -> Row.of(Tags.of("model", standing.model()), standing, value))
                .toList();
    }

    private Standing standing(ModelKey model) {
        return models.getOrDefault(model, new Standing(model.model().getName(), 0, Long.MIN_VALUE, Long.MIN_VALUE));
    }
}
