package io.hedgerow.dashboard.view;

import io.hedgerow.Alert;
import io.hedgerow.AlertState;
import io.hedgerow.Verdict;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Alerts by their newest revisions, and people's answers to them: a bounded number of each. Guarded by its view. */
final class AlertBook {
    private static final int MOST = 500;
    private static final int MOST_SHOWN = 200;

    private final Map<String, Alert> alerts = new LinkedHashMap<>();
    private final Map<String, String> answers = new LinkedHashMap<>();
    private long version;

    /** Takes a revision; whether it is news. */
    boolean add(Alert alert) {
        Alert known = alerts.get(alert.getId());
        if (known != null && known.getRevision() > alert.getRevision()) {
            return false;
        }
        alerts.remove(alert.getId());
        alerts.put(alert.getId(), alert);
        // Closed ones go first.
        alerts.values().stream()
                .filter(old -> alerts.size() > MOST && !isOpen(old))
                .findFirst()
                .ifPresent(old -> alerts.remove(old.getId()));
        forgetBeyond(alerts.keySet(), 2 * MOST);
        version++;
        return true;
    }

    void add(Verdict verdict) {
        answers.put(verdict.getAlertId(), Words.lower(verdict.getKind()));
        forgetBeyond(answers.keySet(), MOST);
        version++;
    }

    /** Another number whenever something was taken. */
    long version() {
        return version;
    }

    List<Alert> open() {
        return alerts.values().stream().filter(AlertBook::isOpen).toList();
    }

    /** Those to be shown: open ones first, and the newest first among each. */
    List<Alert> shown() {
        return alerts.values().stream()
                .sorted(Comparator.comparing(AlertBook::isOpen)
                        .thenComparing(Alert::getOpenedAt)
                        .reversed())
                .limit(MOST_SHOWN)
                .toList();
    }

    Optional<Alert> find(String id) {
        return Optional.ofNullable(alerts.get(id));
    }

    /** What was answered; null while nobody has. */
    @Nullable
    String answer(Alert alert) {
        return answers.get(alert.getId());
    }

    /** Ids of a model's open alerts, by class. */
    Map<Integer, String> open(WatchedModel model) {
        Map<Integer, String> open = new HashMap<>();
        for (Alert alert : open()) {
            if (ModelNames.key(alert.getModel(), alert.getMethod()).equals(model.key)) {
                open.put(alert.getClassIndex(), alert.getId());
            }
        }
        return open;
    }

    /** A picture that came with an alert's newest revision. */
    Optional<byte[]> thumbnail(String id, int number) {
        Alert alert = alerts.get(id);
        if (alert == null || number < 0 || number >= alert.getExamples().size()) {
            return Optional.empty();
        }
        ByteBuffer picture = alert.getExamples().get(number).getThumbnail();
        if (picture == null || !picture.hasRemaining()) {
            return Optional.empty();
        }
        byte[] bytes = new byte[picture.remaining()];
        picture.duplicate().get(bytes);
        return Optional.of(bytes);
    }

    private static boolean isOpen(Alert alert) {
        return alert.getState() != AlertState.CLOSED;
    }

    private static void forgetBeyond(Collection<String> keys, int most) {
        while (keys.size() > most) {
            keys.remove(keys.iterator().next());
        }
    }
}
