package io.hedgerow.monitor;

import io.hedgerow.monitor.detect.Watch;
import io.hedgerow.monitor.profile.Landmarks;
import io.hedgerow.monitor.reference.Baseline;
import io.hedgerow.monitor.reference.BaselineStore;
import io.hedgerow.monitor.reference.Learner;
import io.hedgerow.monitor.reference.LearnerStore;
import io.hedgerow.monitor.reference.Limits;
import io.hedgerow.monitor.reference.Rate;
import io.hedgerow.monitor.reference.Shares;
import io.hedgerow.monitor.shortcut.Reservoir;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Keeps scopes in a monitor's memory, in pieces, of which those that changed are written. */
final class ScopeStore {
    private static final byte[] NONE = {};

    private final Memory memory;

    ScopeStore(Memory memory) {
        this.memory = memory;
    }

    /** A scope as it was kept; null if there is none. */
    @Nullable
    Scope load(int index) {
        byte[] head = memory.get(key(index, "head"));
        if (head == null) {
            return null;
        }
        byte[] places = memory.get(key(index, "landmarks"));
        Landmarks landmarks = places == null ? null : LearnerStore.landmarks(places);
        Learner learner = LearnerStore.learner(
                present(index, "learner"), (IntFunction<byte[]>) page -> present(index, "rows-" + page), landmarks);
        Scope scope = new Scope(index, learner, Reservoir.of(page -> memory.get(key(index, "maps-" + page))));
        byte[] reference = memory.get(key(index, "reference"));
        if (reference != null && landmarks != null) {
            restore(scope, BaselineStore.baseline(reference, landmarks));
        }
        ScopeHead.read(head, scope);
        return scope;
    }

    /** Keeps a scope. */
    void save(Scope scope) {
        int index = scope.index;
        byte[] before = memory.get(key(index, "learner"));
        byte[] learner = LearnerStore.head(scope.learner);
        if (before == null || !Arrays.equals(before, learner)) {
            memory.put(key(index, "learner"), learner);
            saveRows(scope, before == null ? 0 : LearnerStore.learned(before));
        }
        scope.reservoir.changed().stream()
                .forEach(page -> memory.put(key(index, "maps-" + page), scope.reservoir.page(page)));
        Baseline baseline = scope.baseline();
        if (scope.baselineChanged() || scope.learner.landmarks() != null) {
            saveLandmarks(scope);
        }
        if (scope.baselineChanged()) {
            memory.put(key(index, "reference"), baseline == null ? null : BaselineStore.bytes(baseline));
        }
        memory.put(key(index, "maps-watch"), bytes(scope.maps()));
        if (scope.whole()) {
            memory.put(key(index, "shares-watch"), bytes(scope.shares()));
            for (Rate rate : Rate.values()) {
                boolean there = rate.place() < scope.rates().size();
                memory.put(
                        key(index, "rate-" + rate.place()),
                        there ? scope.rates().get(rate.place()).bytes() : null);
            }
        }
        memory.put(key(index, "head"), ScopeHead.bytes(scope));
    }

    private void restore(Scope scope, Baseline baseline) {
        double dependence = baseline.dependence();
        Shares classes = baseline.shares();
        Limits limits = baseline.rates();
        List<Watch> rates = new ArrayList<>();
        for (Rate rate : Rate.values()) {
            if (limits != null) {
                rates.add(Watch.of(
                        Scope.limitsOf(limits, rate), dependence, present(scope.index, "rate-" + rate.place())));
            }
        }
        scope.restore(
                baseline,
                Watch.of(baseline.limits(), dependence, present(scope.index, "maps-watch")),
                classes == null ? null : Watch.of(classes.limits(), dependence, present(scope.index, "shares-watch")),
                rates);
    }

    /** Writes the pages of rows that are new, and removes those of a learner that has begun anew. */
    private void saveRows(Scope scope, int before) {
        int now = scope.learner.learned();
        for (int page = now < before ? 0 : LearnerStore.page(before);
                page <= LearnerStore.page(Math.max(before, now));
                page++) {
            byte[] rows = page <= LearnerStore.page(now) ? LearnerStore.page(scope.learner, page) : NONE;
            memory.put(key(scope.index, "rows-" + page), rows.length == 0 ? null : rows);
        }
    }

    /** A learner's landmarks are those of the reference that it makes. */
    private void saveLandmarks(Scope scope) {
        Baseline baseline = scope.baseline();
        Landmarks landmarks = baseline == null ? scope.learner.landmarks() : baseline.landmarks();
        String key = key(scope.index, "landmarks");
        byte[] bytes = landmarks == null ? null : LearnerStore.bytes(landmarks);
        if (!Arrays.equals(bytes, memory.get(key))) {
            memory.put(key, bytes);
        }
    }

    private byte[] present(int index, String piece) {
        byte[] bytes = memory.get(key(index, piece));
        if (bytes == null) {
            throw new IllegalStateException("the monitor's memory has lost " + key(index, piece)
                    + "; reset the monitor's application, so that it reads explanations anew");
        }
        return bytes;
    }

    private static byte @Nullable [] bytes(@Nullable Watch watch) {
        return watch == null ? null : watch.bytes();
    }

    private static String key(int index, String piece) {
        return "scope/" + index + "/" + piece;
    }
}
