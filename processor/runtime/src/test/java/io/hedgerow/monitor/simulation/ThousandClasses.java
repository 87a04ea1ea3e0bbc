package io.hedgerow.monitor.simulation;

import com.sun.management.ThreadMXBean;
import io.hedgerow.Agreement;
import io.hedgerow.Alert;
import io.hedgerow.AlertKind;
import io.hedgerow.AlertState;
import io.hedgerow.AuditStatus;
import io.hedgerow.ExplainedModel;
import io.hedgerow.Method;
import io.hedgerow.Precision;
import io.hedgerow.RecordInput;
import io.hedgerow.monitor.MapMemory;
import io.hedgerow.monitor.ModelMonitor;
import io.hedgerow.monitor.MonitorSettings;
import io.hedgerow.monitor.RecordedMaps;
import io.hedgerow.monitor.Window;
import io.hedgerow.monitor.profile.Grid;
import io.hedgerow.monitor.profile.Observation;
import io.hedgerow.monitor.profile.Outcomes;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** A model of a thousand classes, a thousand events a second, on one thread: what its monitor holds on the heap, and how long it works. */
public final class ThousandClasses {
    private static final int EVENTS = 10_000;
    private static final double MEGABYTE = 1e6;

    private final List<List<Grid>> maps = new ArrayList<>();
    private final Random random = new Random(1);
    private final Map<String, byte[]> kept = new HashMap<>();
    private final ModelMonitor monitor = new ModelMonitor(
            new ExplainedModel("thousand", "1", "a".repeat(64)),
            new Method("gradient-hedging", "1", 2f, "logits", Precision.FLOAT32, Map.of()),
            MonitorSettings.usual(),
            new MapMemory(kept));
    private long start = 1_760_000_000_000L;

    private final int classes;
    private final List<Grid> stickers = new RecordedMaps().stickers();
    private final List<Alert> alerts = new ArrayList<>();
    private int changed = -1;

    ThousandClasses(int classes) {
        this.classes = classes;
        RecordedMaps recorded = new RecordedMaps();
        RecordedMaps.CLASSES.forEach(label -> maps.add(recorded.of(label)));
    }

    /** Works through a window of ten seconds; returns this thread's time for it in microseconds an event. */
    double microsEach() {
        List<Observation> events = new ArrayList<>(EVENTS);
        Map<Integer, Outcomes> outcomes = new HashMap<>();
        for (int at = 0; at < EVENTS; at++) {
            int classIndex = random.nextInt(classes);
            boolean sticker = classIndex == changed && random.nextBoolean();
            List<Grid> some = sticker ? stickers : maps.get(classIndex % maps.size());
            events.add(new Observation(
                    start + "-" + at,
                    start + at,
                    "line-" + at % 4,
                    new RecordInput("prediction-events", at % 4, start + at),
                    classIndex,
                    "class-" + classIndex,
                    some.get(random.nextInt(some.size())),
                    random.nextFloat() * 10,
                    random.nextFloat(),
                    Float.NaN,
                    Float.NaN));
            outcomes.computeIfAbsent(classIndex, none -> new Outcomes())
                    .add(AuditStatus.EXPLAINED, Agreement.AGREES, 100);
        }
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadCpuTime();
        alerts.addAll(monitor.close(new Window(start, events, outcomes)).alerts());
        start += 10_000;
        return (thread.getCurrentThreadCpuTime() - before) / 1e3 / EVENTS;
    }

    /** From now on half of the maps of one class look at stickers. */
    void change(int classIndex) {
        changed = classIndex;
    }

    /** Alerts about drift that have opened, in order. */
    List<Alert> drift() {
        return alerts.stream()
                .filter(alert -> alert.getKind() == AlertKind.DRIFT && alert.getState() == AlertState.OPENED)
                .toList();
    }

    /** Bytes that are kept, without the keys they are kept by. */
    long bytes() {
        return kept.values().stream().mapToLong(value -> value.length).sum();
    }

    private static long heap() {
        // of the serial collector's only every fourth leaves nothing dead
        for (int collection = 0; collection < 4; collection++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Prints what is held after each window until all classes have references, and some windows more; of another number of classes if one is given. */
    public static void main(String[] arguments) {
        ThousandClasses thousand = new ThousandClasses(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000);
        long before = heap();
        double most = 0;
        for (int window = 1; window <= 45; window++) {
            double micros = thousand.microsEach();
            double heap = (heap() - before) / MEGABYTE;
            most = Math.max(most, heap);
            System.out.printf(
                    Locale.ROOT,
                    "%d windows: %.1f us an event, heap %.1f MB, most %.1f MB, bytes kept %.1f MB%n",
                    window,
                    micros,
                    heap,
                    most,
                    thousand.bytes() / MEGABYTE);
        }
    }
}
