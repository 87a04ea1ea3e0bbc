package io.hedgerow.cli.audit;

import io.hedgerow.AuditEntry;
import io.hedgerow.RecordInput;
import io.hedgerow.audit.log.LogSource;
import io.hedgerow.audit.note.VerifierKey;
import io.hedgerow.audit.proof.InclusionProof;
import io.hedgerow.audit.trail.AuditLogs;
import io.hedgerow.audit.verify.LogProver;
import io.hedgerow.cli.console.Printable;
import io.hedgerow.cli.console.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The entries of an audit trail about one event: a replayed event has several, and so have events that share an id. */
final class EventEntries {
    private static final Pattern NAME = Pattern.compile("\\d{1,9}:\\d{1,18}");
    private static final int LONGEST = 60;

    private final String event;
    private final List<Entry> entries = new ArrayList<>();

    /** One of them, and who can prove it. */
    record Entry(LogProver prover, LogProver.FoundEntry found) {
        InclusionProof proof() {
            return prover.inclusion(found);
        }

        AuditEntry audited() {
            return found.entry();
        }

        RecordInput input() {
            return audited().getInputs().get(0);
        }

        String name() {
            return input().getPartition() + ":" + found.index();
        }
    }

    /**
     * Looks through all logs.
     *
     * @throws IOException if none has an entry about the event
     */
    EventEntries(AuditLogs logs, VerifierKey key, String event) throws IOException {
        this.event = event;
        for (LogSource log : logs.logs()) {
            LogProver prover = new LogProver(log, key, logs.entries());
            prover.find(entry -> event.equals(entry.getEventId()))
                    .forEach(found -> entries.add(new Entry(prover, found)));
        }
        if (entries.isEmpty()) {
            throw new IOException("no entry of the audit trail is about an event '" + event + "'");
        }
        entries.sort(Comparator.comparing((Entry entry) -> entry.audited().getRecordedAt())
                .thenComparing(entry -> entry.input().getPartition())
                .thenComparing(entry -> entry.found().index()));
    }

    /** Whether a text can be an entry's name, as its partition and its index make it. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    int count() {
        return entries.size();
    }

    /** The one that was recorded last: what became of the event in the end. */
    Entry last() {
        return entries.get(entries.size() - 1);
    }

    /**
     * The one of a name.
     *
     * @throws IOException if it is about another event, or not there
     */
    Entry named(String name) throws IOException {
        return entries.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IOException("entry %s is not about event '%s'; about it are %s"
                        .formatted(
                                name,
                                Printable.text(event, LONGEST),
                                entries.stream().map(Entry::name).collect(Collectors.joining(", ")))));
    }

    /** All of them, a line each, and which one is proved. */
    String text(Entry proved) {
        Table table = new Table();
        for (Entry entry : entries) {
            AuditEntry audited = entry.audited();
            String source = audited.getSource();
            table.row(
                    "--entry " + entry.name(),
                    audited.getRecordedAt(),
                    (audited.getStatus() + " " + audited.getReason()).strip(),
                    "%s-%d, offset %d"
                            .formatted(
                                    entry.input().getTopic(),
                                    entry.input().getPartition(),
                                    entry.input().getOffset()),
                    source == null || source.isEmpty() ? "" : "from " + Printable.text(source, LONGEST),
                    entry.name().equals(proved.name()) ? "proved" : "");
        }
        return "%d entries are about event '%s':%n%s".formatted(entries.size(), Printable.text(event, LONGEST), table);
    }
}
