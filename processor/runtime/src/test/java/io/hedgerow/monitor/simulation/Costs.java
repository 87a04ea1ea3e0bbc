package io.hedgerow.monitor.simulation;

import com.sun.management.ThreadMXBean;
import io.hedgerow.monitor.RecordedMaps;
import io.hedgerow.monitor.detect.WindowSums;
import io.hedgerow.monitor.profile.Features;
import io.hedgerow.monitor.profile.Grid;
import io.hedgerow.monitor.profile.MapFeatures;
import io.hedgerow.monitor.profile.Observation;
import io.hedgerow.monitor.profile.Summary;
import io.hedgerow.monitor.shortcut.Reservoir;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;

/** What monitoring costs for each event: time of this thread, and memory that it allocates. */
public final class Costs {
    /** Until all is compiled, and the reservoir holds the events that it is going to keep. */
    private static final int WARM = 150_000;

    private final List<Grid> maps = new RecordedMaps().of("dent");
    private final Pool pool = Pool.learned(maps.subList(0, 300), 0.02, 0, 1);
    private final Observation[] events = IntStream.range(0, 20_000)
            .mapToObj(at -> new Observation(
                    "event-" + at,
                    at,
                    "line",
                    null,
                    2,
                    "dent",
                    maps.get(at % maps.size()),
                    3,
                    0.9f,
                    Float.NaN,
                    Float.NaN))
            .toArray(Observation[]::new);
    private final MapFeatures measure = new MapFeatures();
    private final double[] features = new double[Features.COUNT];
    private final WindowSums sums = new WindowSums(pool.bets);
    private final Summary summary = new Summary();
    private final Reservoir reservoir = new Reservoir();

    /** Takes in events one after the other, as a class's window does. */
    void take(int count) {
        for (int at = 0; at < count; at++) {
            Observation event = events[at % events.length];
            measure.measure(event.map(), event.confidence(), pool.baseline.landmarks(), features);
            sums.add(pool.bets, features, null);
            summary.add(event, features);
            reservoir.add(event);
        }
    }

    /** Bytes allocated for each of some events, once all is compiled and the reservoir full. */
    double bytesEach(int count) {
        take(WARM);
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        take(count);
        return (double) (thread.getCurrentThreadAllocatedBytes() - before) / count;
    }

    /** Microseconds of this thread's time for each event. */
    double microsEach(int count) {
        take(WARM);
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadCpuTime();
        take(count);
        return (thread.getCurrentThreadCpuTime() - before) / 1e3 / count;
    }

    public static void main(String[] arguments) {
        Costs costs = new Costs();
        System.out.printf("%.2f us, %.3f bytes an event%n", costs.microsEach(300_000), costs.bytesEach(300_000));
    }
}
