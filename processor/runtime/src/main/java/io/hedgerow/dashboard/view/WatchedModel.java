package io.hedgerow.dashboard.view;

import io.hedgerow.ExplainedModel;
import io.hedgerow.Method;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A model explained by a method, with its classes. Guarded by its view. */
final class WatchedModel {
    /** What a row of a class is over. */
    static final long SPAN_MILLIS = 5 * 60_000;

    private static final double MILLIS = 1e3;
    private static final int RATE_WINDOWS = 3;

    final String key;
    final ExplainedModel model;
    final Method method;
    private final Map<Integer, Scope> scopes = new TreeMap<>();
    private final Scope whole;

    WatchedModel(ExplainedModel model, Method method) {
        this.key = ModelNames.key(model, method);
        this.model = model;
        this.method = method;
        whole = scope(Scope.WHOLE);
    }

    /** Name and version. */
    String name() {
        return (model.getName() + " " + model.getVersion()).strip();
    }

    final Scope scope(int classIndex) {
        return scopes.computeIfAbsent(classIndex, Scope::new);
    }

    @Nullable
    Scope find(int classIndex) {
        return scopes.get(classIndex);
    }

    Collection<Scope> scopes() {
        return scopes.values();
    }

    /** All classes together. */
    Scope whole() {
        return whole;
    }

    /** Event time at which the newest window ends, in milliseconds; 0 before there is one. */
    long end() {
        ProfileWindow newest = whole().history.newest();
        return newest == null ? 0 : newest.end();
    }

    /** Events a second over the last windows that are complete; 0 if nothing has come for a minute before {@code now}. */
    double rate(long now) {
        if (now - end() > 60_000) {
            return 0;
        }
        List<ProfileWindow> windows = whole().history.all().stream()
                .filter(window -> !window.provisional())
                .sorted(Comparator.comparingLong(ProfileWindow::start).reversed())
                .limit(RATE_WINDOWS)
                .toList();
        long events = windows.stream().mapToLong(ProfileWindow::events).sum();
        long millis = windows.stream()
                .mapToLong(window -> window.end() - window.start())
                .sum();
        return millis == 0 ? 0 : events * MILLIS / millis;
    }

    ModelCard card(long now) {
        Scope.Learned learned = whole.reference();
        long missing = whole.want() - whole.have();
        double rate = rate(now);
        boolean learning = whole.state().equals("learning") || whole.state().equals("none");
        return new ModelCard(
                key,
                model.getName(),
                model.getVersion(),
                model.getSha256(),
                new ModelCard.Method(method.getName(), method.getVersion(), method.getParameters()),
                new ModelCard.Reference(
                        whole.state(),
                        whole.have(),
                        whole.want(),
                        learning && missing > 0 && rate > 0 ? (Long) Math.round(missing / rate) : null,
                        learned == null ? null : (Long) learned.to(),
                        learned == null ? null : (Long) learned.events(),
                        learned == null ? null : learned.covers()));
    }

    /** Rows of all classes over windows from {@code from} to {@code to}, in no order. */
    List<ClassRow> rows(long from, long to, Map<Integer, String> alerts) {
        long all = Totals.of(whole().history.between(from, to)).explained;
        return scopes.values().stream()
                .map(scope -> row(scope, from, to, all, alerts.get(scope.classIndex)))
                .toList();
    }

    private ClassRow row(Scope scope, long from, long to, long all, @Nullable String alert) {
        Totals totals = Totals.of(scope.history.between(from, to));
        ProfileWindow judged = scope.history.newestJudged();
        Double evidence = judged == null ? null : Known.of(judged.logEvidence());
        Double threshold = judged == null ? null : Known.of(judged.logThreshold());
        double part = evidence == null || threshold == null || threshold <= 0 ? 0 : evidence / threshold;
        return new ClassRow(
                key,
                scope.classIndex,
                scope.label(),
                totals.explained,
                all == 0 ? 0 : Math.min(1, (double) totals.explained / all),
                Math.max(0, Math.min(1, part)),
                evidence,
                threshold,
                totals.agreement(),
                totals.meanConfidence(),
                scope.state(),
                scope.have(),
                scope.want(),
                alert);
    }
}
