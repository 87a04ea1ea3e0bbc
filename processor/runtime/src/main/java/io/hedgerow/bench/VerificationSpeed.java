package io.hedgerow.bench;

import io.hedgerow.AuditEntry;
import io.hedgerow.audit.export.LogExport;
import io.hedgerow.audit.trail.AuditedLog;
import io.hedgerow.audit.trail.FileVerification;
import io.hedgerow.audit.trail.VerificationProgress;
import io.hedgerow.serde.RegistrySerde;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures how fast an exported log is verified, by what {@code audit verify --files} does, on one thread. */
public final class VerificationSpeed {
    private static final Map<String, Object> REGISTRY = Map.of("schema.registry.url", "mock://hedgerow-bench");
    /** As often as a run has them by default. */
    private static final int EVERY = 1000;

    private final int entries;
    private final int rounds;

    /**
     * Takes how much to verify.
     *
     * @param entries in the log, at least 1
     * @param rounds of which the median is taken
     */
    public VerificationSpeed(int entries, int rounds) {
        this.entries = entries;
        this.rounds = rounds;
    }

    /** Figures by name; the median of the rounds. */
    public Map<String, Object> run(Path work) throws IOException {
        Path folder = work.resolve("export");
        double[] rates = new double[rounds];
        try (RegistrySerde<AuditEntry> serde = RegistrySerde.of(AuditEntry.class, REGISTRY)) {
            MadeUpLog log = new MadeUpLog(entries, EVERY, serde.serializer());
            LogExport export = new LogExport(
                    folder, LogExport.Format.JSONL, log.key(), serde.deserializer(), id -> serde.deserializer()
                            .schema(id)
                            .toString());
            export.add(log, "log-0.jsonl", new LogExport.Period(Instant.MIN, Instant.MAX), count -> {});
            export.finish();
            for (int round = 0; round < rounds; round++) {
                long start = System.nanoTime();
                AuditedLog found = new FileVerification(folder)
                        .run(log.key(), List.of(), 0.01f, VerificationProgress.NONE)
                        .get(0);
                rates[round] = entries / ((System.nanoTime() - start) / 1e9);
                if (found.report().sealed() != entries
                        || !found.report().problems().isEmpty()) {
                    throw new IllegalStateException("the log that was made is no good: " + found);
                }
            }
        }
        Arrays.sort(rates);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("verified_entries_per_second", rates[rounds / 2]);
        figures.put("entries", entries);
        figures.put("bytes", Files.size(folder.resolve("log-0.jsonl")));
        figures.put("rounds", rounds);
        return figures;
    }
}
