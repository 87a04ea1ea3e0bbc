package io.hedgerow.dashboard.view;

import io.hedgerow.Alert;
import io.hedgerow.LearnedReference;
import io.hedgerow.Profile;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.Verdict;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What monitoring's topics say, by the last record of each key: any instance that reads them has the whole. Bounded whatever
 * they hold. Safe for use by several threads.
 */
public final class View {
    private static final Comparator<ClassRow> BY_EVIDENCE = Comparator.comparing(
                    (ClassRow row) -> row.alert() != null, Comparator.reverseOrder())
            .thenComparing(ClassRow::evidence, Comparator.reverseOrder())
            .thenComparing(ClassRow::explained, Comparator.reverseOrder())
            .thenComparing(ClassRow::model)
            .thenComparing(ClassRow::classIndex);

    private final Clock clock;
    private final Supplier<String> off;
    private final WatchedModels models = new WatchedModels();
    private final AlertBook alerts = new AlertBook();
    private long version;

    /** Takes a clock, and why nothing is monitored: an empty text while it is. */
    public View(Clock clock, Supplier<String> off) {
        this.clock = clock;
        this.off = off;
    }

    /** Takes a profile in place of the one before of its window. */
    public synchronized void add(Profile profile) {
        if (models.add(profile)) {
            version++;
        }
    }

    /** Takes a reference, or a person's answer; what else there is changes nothing yet. */
    public synchronized void add(ReferenceEntry entry) {
        if (entry.getBody() instanceof LearnedReference learned) {
            models.learn(entry, learned);
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
        return Outlooks.of(off.get(), alerts.open(), models.all(), clock.millis());
    }

    /** The models, first seen first. */
    public synchronized List<ModelCard> models() {
        long now = clock.millis();
        return models.all().stream().map(model -> model.card(now)).toList();
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
        for (WatchedModel model : models.all()) {
            rows.addAll(model.rows(model.end() - WatchedModel.SPAN_MILLIS, Long.MAX_VALUE, alerts.open(model)));
        }
        rows.sort(BY_EVIDENCE);
        return rows;
    }

    /** A model's classes over a span of time in milliseconds, ranked as {@link #classes()}. */
    public synchronized List<ClassRow> classes(String key, long from, long to) {
        WatchedModel model = models.find(key);
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
        WatchedModel model = models.find(key);
        Scope scope = model == null ? null : model.find(classIndex);
        if (model == null || scope == null) {
            return Optional.empty();
        }
        long first = from == null ? model.end() - WatchedModel.SPAN_MILLIS : from;
        long last = to == null ? Long.MAX_VALUE : to;
        ClassRow row = model.rows(first, last, alerts.open(model)).stream()
                .filter(candidate -> candidate.classIndex() == classIndex)
                .findFirst()
                .orElseThrow();
        Collection<ProfileWindow> windows = scope.history.between(first, last);
        // The curve needs more than a span that few windows are in.
        return Optional.of(
                ClassDetail.of(row, scope, windows, from == null && to == null ? scope.history.all() : windows));
    }

    /** A model's windows over a span of time, oldest first; empty if there is no such model. */
    public synchronized Optional<List<ProfilePoint>> profiles(String key, long from, long to) {
        WatchedModel model = models.find(key);
        return model == null
                ? Optional.empty()
                : Optional.of(model.whole().history.between(from, to).stream()
                        .map(ProfilePoint::of)
                        .toList());
    }

    /** Events a second over all models and instances. */
    public synchronized double rate() {
        return models.rate(clock.millis());
    }

    /**
     * What became of the events of a span of time in milliseconds; empty if nothing of it is remembered.
     *
     * @param pending events that wait to be read
     */
    public synchronized Optional<Account> account(long from, long to, long pending) {
        return models.account(from, to, pending);
    }

    /** A model's references, as requests for others name them: model, method, class and label. */
    public synchronized List<ReferenceTarget> references(String key) {
        WatchedModel model = models.find(key);
        return model == null
                ? List.of()
                : model.scopes().stream()
                        .filter(scope -> scope.reference() != null)
                        .map(scope -> new ReferenceTarget(
                                model.model, model.method, scope.classIndex, scope.classIndex < 0 ? "" : scope.label()))
                        .toList();
    }

    private AlertCard card(Alert alert) {
        return AlertCards.of(alert, models.find(alert.getModel(), alert.getMethod()), alerts.answer(alert));
    }
}
