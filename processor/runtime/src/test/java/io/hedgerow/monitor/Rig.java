package io.hedgerow.monitor;

import io.hedgerow.Agreement;
import io.hedgerow.Alert;
import io.hedgerow.AlertKind;
import io.hedgerow.AlertState;
import io.hedgerow.AuditStatus;
import io.hedgerow.ExplainedModel;
import io.hedgerow.Method;
import io.hedgerow.Precision;
import io.hedgerow.Profile;
import io.hedgerow.RecordInput;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.monitor.profile.Grid;
import io.hedgerow.monitor.profile.Observation;
import io.hedgerow.monitor.profile.Outcomes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;

/** A monitor with a stream of recorded maps: 20 events a second in windows of 10 s, as in the demo. */
final class Rig {
    static final ExplainedModel MODEL = new ExplainedModel("surface", "1", "a".repeat(64));
    static final Method METHOD = new Method("gradient-hedging", "1", 2f, "logits", Precision.FLOAT32, Map.of());
    static final int EVENTS = 200;
    static final double[] USUALLY = {0.27, 0.26, 0.24, 0.23};
    static final double[] EVERYWHERE = {0.02, 0.03, 0.01, 0.94};

    final Map<String, byte[]> kept = new HashMap<>();
    final List<Alert> alerts = new ArrayList<>();
    final List<Profile> profiles = new ArrayList<>();
    final List<ReferenceEntry> references = new ArrayList<>();
    final MonitorSettings settings;
    private final SplittableRandom random;
    private final RecordedMaps recorded = new RecordedMaps();
    private final List<List<Grid>> maps;
    private final Random order;
    private ModelMonitor monitor;
    private long now = 1_760_000_000_000L;
    private int next;

    Rig(long seed, int modelReference, int classReference) {
        this(seed, settings(modelReference, classReference));
    }

    Rig(long seed, MonitorSettings settings) {
        this.settings = settings;
        random = new SplittableRandom(seed);
        order = new Random(seed);
        maps = RecordedMaps.CLASSES.stream().map(recorded::of).toList();
        monitor = new ModelMonitor(MODEL, METHOD, settings, new MapMemory(kept));
    }

    static MonitorSettings settings(int modelReference, int classReference) {
        return settings(modelReference, classReference, true);
    }

    static MonitorSettings unaudited(int modelReference, int classReference) {
        return settings(modelReference, classReference, false);
    }

    private static MonitorSettings settings(int modelReference, int classReference, boolean audited) {
        return new MonitorSettings(
                Duration.ofSeconds(10),
                Duration.ofDays(30),
                1,
                0.02,
                0.05,
                modelReference,
                classReference,
                0,
                2_000,
                Double.NaN,
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofHours(24),
                audited);
    }

    /** What is particular to an event of a stream. */
    interface Change {
        Observation of(Observation event, SplittableRandom random);
    }

    void run(int windows, double[] shares) {
        run(windows, shares, (event, dice) -> event);
    }

    void run(int windows, double[] shares, Change change) {
        for (int window = 0; window < windows; window++) {
            List<Observation> events = events(shares, change);
            close(events, explained(events));
        }
    }

    List<Observation> events(double[] shares, Change change) {
        List<Observation> events = new ArrayList<>();
        for (int event = 0; event < EVENTS; event++) {
            int classIndex = draw(shares);
            List<Grid> some = maps.get(classIndex);
            Grid map = some.get(random.nextInt(some.size()));
            events.add(change.of(event(event, classIndex, map), random));
        }
        Collections.shuffle(events, order);
        return events;
    }

    Grid map(int classIndex) {
        return maps.get(classIndex).get(random.nextInt(maps.get(classIndex).size()));
    }

    Grid sticker() {
        List<Grid> stickers = recorded.stickers();
        return stickers.get(random.nextInt(stickers.size()));
    }

    Observation event(int event, int classIndex, Grid map) {
        String label = classIndex < 4 ? RecordedMaps.CLASSES.get(classIndex) : "";
        long time = now + event * 10_000L / EVENTS;
        int number = next++;
        return new Observation(
                "event-" + number,
                time,
                "line",
                new RecordInput("prediction-events", number % 4, number / 4L),
                classIndex,
                label,
                map,
                random.nextInt(100) / 10f,
                Float.NaN,
                Float.NaN,
                Float.NaN);
    }

    Map<Integer, Outcomes> explained(List<Observation> events) {
        Map<Integer, Outcomes> outcomes = new HashMap<>();
        for (Observation event : events) {
            outcomes.computeIfAbsent(event.classIndex(), index -> new Outcomes())
                    .add(AuditStatus.EXPLAINED, Agreement.AGREES, 100);
        }
        return outcomes;
    }

    void close(List<Observation> events, Map<Integer, Outcomes> outcomes) {
        keep(monitor.close(new Window(now, events, outcomes)));
        now += 10_000;
    }

    Window window(List<Observation> events) {
        return new Window(now, events, explained(events));
    }

    void keep(Findings findings) {
        alerts.addAll(findings.alerts());
        profiles.addAll(findings.profiles());
        references.addAll(findings.references());
    }

    /** As after a crash: what was in memory alone is gone. */
    void restart() {
        monitor = new ModelMonitor(MODEL, METHOD, settings, new MapMemory(kept));
    }

    void pass(Duration time) {
        now += time.toMillis();
    }

    long now() {
        return now;
    }

    ModelMonitor monitor() {
        return monitor;
    }

    List<Alert> opened(AlertKind kind) {
        return alerts.stream()
                .filter(alert -> alert.getKind() == kind && alert.getState() == AlertState.OPENED)
                .toList();
    }

    private int draw(double[] shares) {
        double dice = random.nextDouble();
        int classIndex = 0;
        while (classIndex < shares.length - 1 && dice >= shares[classIndex]) {
            dice -= shares[classIndex++];
        }
        return classIndex;
    }
}
