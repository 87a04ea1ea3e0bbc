package io.hedgerow.monitor;

import io.hedgerow.ReferenceState;
import io.hedgerow.monitor.detect.Watch;
import io.hedgerow.monitor.reference.Baseline;
import io.hedgerow.monitor.reference.Learner;
import io.hedgerow.monitor.reference.Limits;
import io.hedgerow.monitor.reference.Rate;
import io.hedgerow.monitor.reference.Shares;
import io.hedgerow.monitor.shortcut.KnownGroups;
import io.hedgerow.monitor.shortcut.Reservoir;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of all classes together, or of one class: what it is learning or has learned, what watches it, and a sample
 * of its maps. It exists while a window is worked through; {@link ScopeStore} keeps it in between. Not thread-safe.
 */
final class Scope {
    /** All classes together, and all classes beyond those monitored one by one. */
    static final int ALL = -1;

    static final int OTHER = -2;

    final int index;
    final Reservoir reservoir;
    final Map<String, ShortcutAlert> shortcuts = new TreeMap<>();
    final Map<String, Watch> groupWatches = new TreeMap<>();
    Learner learner;
    KnownGroups groups = new KnownGroups(List.of());
    int newMaps;
    long lastEvent = Long.MIN_VALUE;
    String request = "";
    private @Nullable Baseline baseline;
    private @Nullable Watch maps;
    private @Nullable Watch shares;
    private List<Watch> rates = List.of();
    private boolean baselineChanged;

    Scope(int index, Learner learner, Reservoir reservoir) {
        this.index = index;
        this.learner = learner;
        this.reservoir = reservoir;
    }

    boolean whole() {
        return index == ALL;
    }

    /** Compares with a reference from now on. */
    void compareWith(Baseline reference) {
        baseline = reference;
        baselineChanged = true;
        maps = new Watch(reference.limits(), reference.dependence());
        Shares classes = reference.shares();
        shares = classes == null ? null : new Watch(classes.limits(), reference.dependence());
        Limits limits = reference.rates();
        List<Watch> watches = new ArrayList<>();
        for (Rate rate : Rate.values()) {
            if (limits != null) {
                watches.add(new Watch(limitsOf(limits, rate), reference.dependence()));
            }
        }
        rates = List.copyOf(watches);
    }

    /** Compares one rate with another limit from now on, and all else as before. */
    void compareWith(Baseline reference, Limits limits, Rate rate) {
        baseline = reference.withRates(limits);
        baselineChanged = true;
        List<Watch> watches = new ArrayList<>(rates);
        watches.set(rate.place(), new Watch(limitsOf(limits, rate), reference.dependence()));
        rates = List.copyOf(watches);
    }

    /** Learns anew. */
    void learn(Learner anew) {
        baseline = null;
        baselineChanged = true;
        maps = null;
        shares = null;
        rates = List.of();
        learner = anew;
    }

    /** As it was kept. */
    void restore(Baseline reference, Watch mapsWatch, @Nullable Watch sharesWatch, List<Watch> rateWatches) {
        baseline = reference;
        maps = mapsWatch;
        shares = sharesWatch;
        rates = List.copyOf(rateWatches);
    }

    static Limits limitsOf(Limits limits, Rate rate) {
        int at = rate.place();
        return new Limits(
                new double[] {limits.mean()[at]}, new double[] {limits.low()[at]}, new double[] {limits.high()[at]});
    }

    /** How often a group that is a shortcut may come. */
    static Limits limitsOf(double share, double tolerance) {
        return new Limits(
                new double[] {share}, new double[] {Double.NaN}, new double[] {Math.min(share + tolerance, 0.999)});
    }

    @Nullable
    Baseline baseline() {
        return baseline;
    }

    @Nullable
    Watch maps() {
        return maps;
    }

    @Nullable
    Watch shares() {
        return shares;
    }

    List<Watch> rates() {
        return rates;
    }

    boolean baselineChanged() {
        return baselineChanged;
    }

    /** Explanations learned from. */
    long learned() {
        Baseline reference = baseline;
        return reference == null || reference.preliminary() ? learner.learned() : reference.events();
    }

    /** Where the reference stands at a time of events. */
    ReferenceState state(long now, long staleAfter) {
        if (baseline != null) {
            return now < staleAt(staleAfter) ? ReferenceState.READY : ReferenceState.STALE;
        }
        return learner.learned() == 0 ? ReferenceState.NONE : ReferenceState.LEARNING;
    }

    /** From when on the reference is stale, if no event comes until then; {@link Long#MAX_VALUE} without a reference. */
    long staleAt(long staleAfter) {
        return baseline == null || lastEvent == Long.MIN_VALUE ? Long.MAX_VALUE : lastEvent + staleAfter;
    }

    /** Whether any alert is open. */
    boolean alerted() {
        return open(maps)
                || open(shares)
                || rates.stream().anyMatch(Scope::open)
                || groupWatches.values().stream().anyMatch(Scope::open)
                || !shortcuts.isEmpty();
    }

    private static boolean open(@Nullable Watch watch) {
        return watch != null && watch.open() != null;
    }
}
