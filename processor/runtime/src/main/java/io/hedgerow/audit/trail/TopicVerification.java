package io.hedgerow.audit.trail;

import io.hedgerow.Explanation;
import io.hedgerow.audit.log.Problem;
import io.hedgerow.audit.log.TopicLogSource;
import io.hedgerow.audit.log.TopicReader;
import io.hedgerow.audit.note.LogOrigin;
import io.hedgerow.audit.note.VerifierKey;
import io.hedgerow.audit.verify.Account;
import io.hedgerow.audit.verify.LogReport;
import io.hedgerow.audit.verify.TrailVerifier;
import io.hedgerow.serde.RegistrySerde;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Verifies the audit trail in the topics of a cluster, and what it accounts for. */
public final class TopicVerification implements Verification {
    private final Supplier<TopicReader> readers;
    private final TrailTopics topics;
    private final Map<String, ?> registry;
    private final float scoreTolerance;

    /**
     * Takes where the trail is.
     *
     * @param readers connects to the cluster
     * @param registry settings of the registry's client
     * @param scoreTolerance how far replayed scores may be from logged ones, unless a verification says otherwise
     */
    public TopicVerification(
            Supplier<TopicReader> readers, TrailTopics topics, Map<String, ?> registry, float scoreTolerance) {
        this.readers = readers;
        this.topics = topics;
        this.registry = registry;
        this.scoreTolerance = scoreTolerance;
    }

    @Override
    public List<AuditedLog> run(
            @Nullable VerifierKey key, List<String> held, @Nullable Float tolerance, VerificationProgress progress) {
        try (TopicAuditLogs logs = new TopicAuditLogs(readers.get(), topics, registry);
                RegistrySerde<Explanation> explanations = RegistrySerde.of(Explanation.class, registry)) {
            TrailVerifier verifier =
                    new TrailVerifier(key, held, tolerance == null ? scoreTolerance : tolerance, logs.entries());
            LogOrigin origin = logs.origin();
            int partitions = logs.partitions();
            boolean isCompacted = logs.reader().isCompacted(topics.input());
            List<AuditedLog> audited = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                // Before the entries, so that there is an entry for each.
                Stretch input = stretch(logs.reader(), topics.input(), partition);
                Stretch explained = stretch(logs.reader(), topics.explanations(), partition);
                TopicLogSource log = logs.log(origin, partition);
                String note = "%s, %d of %d".formatted(log.origin(), partition + 1, partitions);
                Steps steps = new Steps(progress, log.end() + input.length() + explained.length(), note);
                List<Problem> problems = new ArrayList<>();
                Account account = verifier.account(log, true, problems);
                LogReport report = verifier.verify(log, account, problems, steps::add);
                input.read(logs.reader(), record -> {
                    account.input(record.offset());
                    steps.add(1);
                });
                account.inputEnds(input.from(), isCompacted);
                explained.read(logs.reader(), record -> {
                    account.explanation(record.offset(), record.value(), explanations.deserializer());
                    steps.add(1);
                });
                audited.add(new AuditedLog(
                        report.with(problems),
                        true,
                        account.erased(),
                        account.expired(),
                        account.compacted(),
                        account.pending()));
            }
            return audited;
        }
    }

    private static Stretch stretch(TopicReader reader, String topic, int number) {
        TopicPartition partition = new TopicPartition(topic, number);
        return new Stretch(partition, reader.begin(partition), reader.committedEnd(partition));
    }

    /** What a partition has at one time. */
    private record Stretch(TopicPartition partition, long from, long to) {
        long length() {
            return to - from;
        }

        void read(TopicReader reader, Consumer<ConsumerRecord<byte[], byte[]>> records) {
            reader.read(partition, from, to, records);
        }
    }
}
