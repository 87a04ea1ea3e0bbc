package io.hedgerow.audit.verify;

import io.hedgerow.AuditEntry;
import io.hedgerow.audit.log.CheckpointSequence;
import io.hedgerow.audit.log.LogSource;
import io.hedgerow.audit.log.Problem;
import io.hedgerow.audit.note.VerifierKey;
import io.hedgerow.audit.tree.CompactRange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Verifier of logs against the checkpoints of one key. Single-threaded. */
public final class TrailVerifier {
    private final @Nullable VerifierKey key;
    private final List<String> held;
    private final float tolerance;
    private final Deserializer<AuditEntry> deserializer;

    /**
     * Takes what to trust.
     *
     * @param key signs checkpoints; null to look at none
     * @param held checkpoints that the verifier has kept: what the logs were, whatever is stored now
     * @param tolerance how far replayed scores may be from logged ones
     */
    public TrailVerifier(
            @Nullable VerifierKey key, List<String> held, float tolerance, Deserializer<AuditEntry> deserializer) {
        this.key = key;
        this.held = List.copyOf(held);
        this.tolerance = tolerance;
        this.deserializer = deserializer;
    }

    /**
     * An account to hold the log's entries against what they are about.
     *
     * @param isCompared whether that is at hand
     */
    public Account account(LogSource source, boolean isCompared, List<Problem> problems) {
        return new Account(source.origin(), tolerance, isCompared, problems::add);
    }

    /**
     * Verifies one log.
     *
     * @param account told of every entry that follows the one before
     * @param problems where what is wrong goes; may hold some already
     * @param progress told the number of entries read, each time
     */
    public LogReport verify(LogSource source, Account account, List<Problem> problems, LongConsumer progress) {
        CheckpointSequence line = new CheckpointSequence(source.origin(), key, problems::add);
        held.forEach(line::hold);
        source.checkpoints(line);
        line.end();
        CompactRange start = source.start(line.stored());
        LogVerifier log =
                new LogVerifier(source.origin(), source.topic(), start, line.checkpoints(), deserializer, account);
        source.entries(new LogSource.Entries() {
            @Override
            public void add(long offset, byte[] entry) {
                log.add(offset, entry);
                progress.accept(1);
            }

            @Override
            public void add(long offset, byte[] entry, AuditEntry read) {
                log.add(offset, entry, read);
                progress.accept(1);
            }
        });
        Problem problem = log.finish();
        if (problem != null) {
            problems.add(0, problem);
        }
        return new LogReport(
                source.origin(),
                start.size(),
                log.size(),
                log.sealed(),
                line.checkpoints().size(),
                account.statuses(),
                new ArrayList<>(problems),
                account.replays());
    }
}
