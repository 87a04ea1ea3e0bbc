package io.hedgerow.dashboard;

import io.hedgerow.dashboard.view.Account;
import io.hedgerow.dashboard.view.Machine;
import io.hedgerow.dashboard.view.View;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Measures the machinery by its meters, from one look to the next but not over less than two seconds. Thread-safe. */
final class MachineMeter {
    private static final double NANOS = 1e9;
    private static final double SHORTEST_SECONDS = 2;

    private final MeterRegistry meters;
    private final Supplier<OptionalLong> lag;
    private final View view;
    private Sample from;
    private Sample to;

    private record Sample(long nanos, double records, double explained, double batches, double busySeconds) {}

    /** Takes the process's meters, and how many records wait to be read. */
    MachineMeter(MeterRegistry meters, Supplier<OptionalLong> lag, View view) {
        this.meters = meters;
        this.lag = lag;
        this.view = view;
        from = sample();
        to = from;
    }

    synchronized Machine measure() {
        Sample now = sample();
        if ((now.nanos() - to.nanos()) / NANOS >= SHORTEST_SECONDS) {
            from = to;
            to = now;
        }
        double seconds = (now.nanos() - from.nanos()) / NANOS;
        boolean explains = meters.find("hedgerow.records").counter() != null;
        double batches = now.batches() - from.batches();
        int devices = meters.find("hedgerow.device.up").gauges().size();
        OptionalLong waiting = lag.get();
        long pending = waiting.orElse(0);
        double rate = view.rate();
        boolean own = rate == 0 && explains && seconds > 0;
        return new Machine(
                own ? (now.records() - from.records()) / seconds : rate,
                batches > 0 ? (Double) ((now.explained() - from.explained()) / batches) : null,
                explains && devices > 0 && seconds > 0
                        ? (Double) Math.min(1, (now.busySeconds() - from.busySeconds()) / seconds / devices)
                        : null,
                waiting.isPresent() ? (Long) waiting.getAsLong() : null,
                explains ? (Long) queue() : null,
                view.account(Long.MIN_VALUE, Long.MAX_VALUE, pending).orElseGet(() -> account(pending)));
    }

    private Account account(long pending) {
        return Account.of(
                (long) records("explained"),
                (long) records("failed"),
                (long) records("sampled_out"),
                (long) records("shed"),
                (long) records("expired"),
                pending,
                null,
                false);
    }

    private Sample sample() {
        return new Sample(
                System.nanoTime(),
                records(null),
                records("explained"),
                batches(),
                meters.find("hedgerow.device.busy").counters().stream()
                        .mapToDouble(counter -> counter.count())
                        .sum());
    }

    private double records(@Nullable String status) {
        var search = meters.find("hedgerow.records");
        return (status == null ? search : search.tag("status", status))
                .counters().stream().mapToDouble(counter -> counter.count()).sum();
    }

    private double batches() {
        return meters.find("hedgerow.batches").functionCounters().stream()
                .mapToDouble(FunctionCounter::count)
                .sum();
    }

    private long queue() {
        return (long) meters.find("hedgerow.read.ahead").gauges().stream()
                .mapToDouble(gauge -> gauge.value())
                .sum();
    }
}
