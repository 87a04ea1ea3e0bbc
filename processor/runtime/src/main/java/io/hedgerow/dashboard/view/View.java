package io.hedgerow.dashboard.view;

import io.hedgerow.Alert;
import io.hedgerow.Example;
import io.hedgerow.ExplainedModel;
import io.hedgerow.LearnedReference;
import io.hedgerow.Method;
import io.hedgerow.Profile;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.Verdict;
import io.hedgerow.monitor.profile.Bins;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What monitoring's topics say, by the last record of each key: any instance that reads them has the whole. Bounded whatever
 * they hold. Safe for use by several threads.
 */
public final class View {
    private static final int MOST_WINDOWS = 40_000;
    private static final int MOST_SCOPES = 10_000;
    private static final int LEAST_WINDOWS = 12;
    private static final Comparator<ClassRow> BY_EVIDENCE = Comparator.comparing(
                    (ClassRow row) -> row.alert() != null, Comparator.reverseOrder())
            .thenComparing(ClassRow::evidence, Comparator.reverseOrder())
            .thenComparing(ClassRow::explained, Comparator.reverseOrder())
            .thenComparing(ClassRow::model)
            .thenComparing(ClassRow::classIndex);

    private final Clock clock;
    private final Supplier<String> off;
    private final Map<String, WatchedModel> models = new LinkedHashMap<>();
    private final AlertBook alerts = new AlertBook();
    private int scopes;
    private long version;

    /** Takes a clock, and why nothing is monitored: an empty text while it is. */
    public View(Clock clock, Supplier<String> off) {
        this.clock = clock;
        this.off = off;
    }

    /** Takes a profile in place of the one before of its window. */
    public synchronized void add(Profile profile) {
        Scope scope = scope(profile.getModel(), profile.getMethod(), profile.getClassIndex());
        if (scope != null) {
            scope.add(profile, Math.max(LEAST_WINDOWS, MOST_WINDOWS / Math.max(1, scopes)));
            version++;
        }
    }

    /** Takes a reference, or a person's answer; what else there is changes nothing yet. */
    public synchronized void add(ReferenceEntry entry) {
        if (entry.getBody() instanceof LearnedReference learned) {
            Scope scope = scope(entry.getModel(), entry.getMethod(), entry.getClassIndex());
            if (scope != null) {
                scope.learn(entry.getLabel(), learned);
            }
        } else if (entry.getBody() instanceof Verdict verdict) {
            alerts.add(verdict);
        }
        version++;
    }

    /** Takes a revision of an alert. */
    public synchronized void add(Alert alert) {
        if (alerts.add(alert)) {
            version++;
        }
    }

    /** Another number whenever something was taken. */
    public synchronized long version() {
        return version;
    }

    /** Another number whenever an alert, or an answer to one, was taken. */
    public synchronized long alertVersion() {
        return alerts.version();
    }

    /** Whether anything is wrong, in words. */
    public synchronized Outlook outlook() {
        return Outlooks.of(off.get(), alerts.open(), models.values(), clock.millis());
    }

    /** The models, first seen first. */
    public synchronized List<ModelCard> models() {
        long now = clock.millis();
        return models.values().stream().map(model -> model.card(now)).toList();
    }

    /** Alerts, a bounded number of them: open ones first, and the newest first among each. */
    public synchronized List<AlertCard> alerts() {
        return alerts.shown().stream().map(this::card).toList();
    }

    /** An alert as its record has it. */
    public synchronized Optional<Alert> alert(String id) {
        return alerts.find(id);
    }

    /** A picture that came with a revision of an alert; the newest revision's in place of older ones. */
    public synchronized Optional<byte[]> thumbnail(String alertId, int number) {
        return alerts.thumbnail(alertId, number);
    }

    /** All classes over their models' last five minutes, those with most evidence for a change first. */
    public synchronized List<ClassRow> classes() {
        List<ClassRow> rows = new ArrayList<>();
        for (WatchedModel model : models.values()) {
            rows.addAll(model.rows(model.end() - WatchedModel.SPAN_MILLIS, Long.MAX_VALUE, alerts.open(model)));
        }
        rows.sort(BY_EVIDENCE);
        return rows;
    }

    /** A model's classes over a span of time in milliseconds, ranked as {@link #classes()}. */
    public synchronized List<ClassRow> classes(String key, long from, long to) {
        WatchedModel model = models.get(key);
        if (model == null) {
            return List.of();
        }
        return model.rows(from, to, alerts.open(model)).stream()
                .sorted(BY_EVIDENCE)
                .toList();
    }

    /** All about a class over a span of time; null for the last five minutes. */
    public synchronized Optional<ClassDetail> detail(
            String key, int classIndex, @Nullable Long from, @Nullable Long to) {
        WatchedModel model = models.get(key);
        Scope scope = model == null ? null : model.find(classIndex);
        if (model == null || scope == null) {
            return Optional.empty();
        }
        long first = from == null ? model.end() - WatchedModel.SPAN_MILLIS : from;
        long last = to == null ? Long.MAX_VALUE : to;
        Collection<ProfileWindow> windows = scope.history.between(first, last);
        ClassRow row = model.rows(first, last, alerts.open(model)).stream()
                .filter(candidate -> candidate.classIndex() == classIndex)
                .findFirst()
                .orElseThrow();
        Totals totals = Totals.of(windows, true);
        Scope.Learned learned = scope.reference();
        Grid map = learned == null ? null : learned.map();
        // The curve needs more than a span that few windows are in.
        Collection<ProfileWindow> curve = from == null && to == null ? scope.history.all() : windows;
        return Optional.of(new ClassDetail(
                row,
                totals.mean(),
                map == null || learned == null ? null : new MeanMap(map, learned.events()),
                curve.stream().map(View::point).toList(),
                new ClassDetail.Scores(Bins.scoreEdges(), totals.scores()),
                scope.examples().stream()
                        .map((Example example) -> ExampleCard.of(example, null))
                        .toList()));
    }

    /** A model's windows over a span of time, oldest first; empty if there is no such model. */
    public synchronized Optional<List<ProfilePoint>> profiles(String key, long from, long to) {
        WatchedModel model = models.get(key);
        return model == null
                ? Optional.empty()
                : Optional.of(model.whole().history.between(from, to).stream()
                        .map(ProfilePoint::of)
                        .toList());
    }

    /** Events a second over all models and instances. */
    public synchronized double rate() {
        long now = clock.millis();
        return models.values().stream().mapToDouble(model -> model.rate(now)).sum();
    }

    /** What became of the events that are remembered; empty while there are none. */
    public synchronized Optional<Account> account(long pending) {
        Totals totals = new Totals(false);
        long since = Long.MAX_VALUE;
        for (WatchedModel model : models.values()) {
            for (ProfileWindow window : model.whole().history.all()) {
                totals.add(window);
                since = Math.min(since, window.start());
            }
        }
        return since == Long.MAX_VALUE ? Optional.empty() : Optional.of(Account.of(totals, pending, since));
    }

    /** A model's references, as requests for others name them: model, method, class and label. */
    public synchronized List<ReferenceTarget> references(String key) {
        WatchedModel model = models.get(key);
        return model == null
                ? List.of()
                : model.scopes().stream()
                        .filter(scope -> scope.reference() != null)
                        .map(scope -> new ReferenceTarget(
                                model.model, model.method, scope.classIndex, scope.classIndex < 0 ? "" : scope.label()))
                        .toList();
    }

    private @Nullable Scope scope(ExplainedModel model, Method method, int classIndex) {
        WatchedModel watched =
                models.computeIfAbsent(ModelNames.key(model, method), unused -> new WatchedModel(model, method));
        Scope known = watched.find(classIndex);
        if (known != null || scopes >= MOST_SCOPES) {
            return known;
        }
        scopes++;
        return watched.scope(classIndex);
    }

    private AlertCard card(Alert alert) {
        return AlertCards.of(
                alert, models.get(ModelNames.key(alert.getModel(), alert.getMethod())), alerts.answer(alert));
    }

    private static ClassDetail.Point point(ProfileWindow window) {
        return new ClassDetail.Point(
                window.start(),
                Known.of(window.logEvidence()),
                Known.of(window.logThreshold()),
                window.explained(),
                window.compared() == 0 ? null : (Double) ((double) window.agrees() / window.compared()));
    }
}
