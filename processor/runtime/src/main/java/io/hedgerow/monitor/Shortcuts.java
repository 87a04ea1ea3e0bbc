package io.hedgerow.monitor;

import io.hedgerow.VerdictKind;
import io.hedgerow.monitor.detect.Watch;
import io.hedgerow.monitor.reference.Baseline;
import io.hedgerow.monitor.shortcut.Group;
import io.hedgerow.monitor.shortcut.KnownGroups;
import io.hedgerow.monitor.shortcut.ShortcutFinder;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Looks for shortcuts in a class's sample of maps, asks about each once, and obeys the answer. */
final class Shortcuts {
    /** New maps after which the sample is searched again. */
    private static final int AGAIN = 64;

    private final MonitorSettings settings;
    private final Known known;
    private final AlertWriter writer;
    private final Function<String, String> ids;
    private final ShortcutFinder finder = new ShortcutFinder();

    Shortcuts(MonitorSettings settings, Known known, AlertWriter writer, Function<String, String> ids) {
        this.settings = settings;
        this.known = known;
        this.writer = writer;
        this.ids = ids;
    }

    /** Whether the sample has changed enough to be searched. */
    static boolean due(Scope scope) {
        return !scope.whole()
                && scope.reservoir.size() >= ShortcutFinder.LEAST
                && scope.newMaps >= (scope.groups.list().isEmpty() ? ShortcutFinder.LEAST : AGAIN);
    }

    /**
     * Searches the sample.
     *
     * @return whether a group is new
     */
    boolean search(Scope scope, Span span) {
        scope.newMaps = 0;
        Set<String> before = new HashSet<>();
        scope.groups.list().forEach(group -> before.add(group.id()));
        scope.groups = scope.groups.updated(finder.find(scope.reservoir.maps()), scope.shortcuts.keySet());
        for (Group group : scope.groups.list()) {
            if (group.suspicious() && group.maps() > 0 && group.verdict() == null) {
                ask(scope, group, span);
            }
        }
        closeThoseGone(scope, span);
        return scope.groups.list().stream().anyMatch(group -> !before.contains(group.id()));
    }

    /**
     * Obeys a person's answer about a group.
     *
     * @return whether there is such a group
     */
    boolean answer(Scope scope, String groupId, VerdictKind verdict, Span span) {
        if (scope.groups.get(groupId) == null) {
            return false;
        }
        KnownGroups answered = scope.groups.answered(groupId, verdict);
        Group group = Objects.requireNonNull(answered.get(groupId));
        scope.groups = answered;
        ShortcutAlert alert = scope.shortcuts.remove(groupId);
        if (alert != null) {
            write(scope, group, alert.revised(span.end), span.closed("verdict"), span);
        }
        if (verdict == VerdictKind.SHORTCUT && !scope.groupWatches.containsKey(groupId)) {
            known.groups++;
            Baseline baseline = scope.baseline();
            scope.groupWatches.put(
                    groupId,
                    new Watch(
                            Scope.limitsOf(group.share(), settings.shareTolerance()),
                            baseline == null ? 1 : baseline.dependence()));
        }
        if (verdict == VerdictKind.LEGITIMATE) {
            scope.groupWatches.remove(groupId);
        }
        return true;
    }

    /** The group that an alert of that name is about; empty if there is none. */
    static String groupOf(Scope scope, String alertId) {
        return scope.shortcuts.entrySet().stream()
                .filter(entry -> entry.getValue().id().equals(alertId))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    private void ask(Scope scope, Group group, Span span) {
        ShortcutAlert open = scope.shortcuts.get(group.id());
        if (open == null) {
            long since = group.examples().stream()
                    .mapToLong(example -> example.getTime().toEpochMilli())
                    .min()
                    .orElse(span.start);
            ShortcutAlert opened = new ShortcutAlert(
                    ids.apply(scope.index + "/shortcut/" + group.id() + "/" + span.start),
                    1,
                    span.end,
                    since,
                    span.end);
            scope.shortcuts.put(group.id(), opened);
            write(scope, group, opened, span.opened(), span);
        } else if (span.end - open.revisedAt() >= settings.updateEvery().toMillis()) {
            ShortcutAlert revised = open.revised(span.end);
            scope.shortcuts.put(group.id(), revised);
            write(scope, group, revised, span.updated(), span);
        }
    }

    private void closeThoseGone(Scope scope, Span span) {
        Iterator<Map.Entry<String, ShortcutAlert>> open =
                scope.shortcuts.entrySet().iterator();
        while (open.hasNext()) {
            Map.Entry<String, ShortcutAlert> entry = open.next();
            Group group = scope.groups.get(entry.getKey());
            ShortcutAlert alert = entry.getValue();
            boolean longEnough =
                    span.end - alert.openedAt() >= settings.leastOpen().toMillis();
            if (group != null && group.maps() == 0 && longEnough) {
                write(scope, group, alert.revised(span.end), span.closed("back"), span);
                open.remove();
            }
        }
    }

    private void write(Scope scope, Group group, ShortcutAlert alert, AlertWriter.Moment moment, Span span) {
        span.alerts.add(
                writer.of(alert, group, scope.index, known.label(scope.index), known.name(scope.index), moment));
    }
}
