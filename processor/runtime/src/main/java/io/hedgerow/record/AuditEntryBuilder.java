package io.hedgerow.record;

import io.hedgerow.AuditEntry;
import io.hedgerow.AuditStatus;
import io.hedgerow.AuditedExplanation;
import io.hedgerow.AuditedMap;
import io.hedgerow.AuditedModel;
import io.hedgerow.ClassExplanation;
import io.hedgerow.Explanation;
import io.hedgerow.Prediction;
import io.hedgerow.RecordInput;
import io.hedgerow.audit.log.LogState;
import io.hedgerow.digest.Sha256;
import io.hedgerow.event.EventFacts;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Puts the entries of a log together. Single-threaded. */
public final class AuditEntryBuilder {
    /** What an event may call itself is not limited; an entry must fit into a record nevertheless. */
    private static final int LONGEST_TEXT = 512;

    private static final int KEPT_TEXT = 400;

    private static final String EXPIRED_REASON = "log_start_moved";

    private final Clock clock;
    private final String softwareVersion;

    public AuditEntryBuilder(Clock clock, String softwareVersion) {
        this.clock = clock;
        this.softwareVersion = softwareVersion;
    }

    /** The entry, next in {@code log}, of what became of the record at {@code offset}. */
    public AuditEntry of(LogState log, TopicPartition partition, long offset, Outcome outcome) {
        AuditEntry entry = next(log, partition, offset);
        entry.setStatus(outcome.status());
        entry.setReason(outcome.reason());
        if (outcome.explanation() != null) {
            explained(entry, outcome.explanation());
        } else if (outcome.event() != null) {
            described(entry, outcome.event());
        }
        return entry;
    }

    /** The entry, next in {@code log}, of the records from offset {@code from} to before {@code to}, gone unread. */
    public AuditEntry expired(LogState log, TopicPartition partition, long from, long to) {
        AuditEntry entry = next(log, partition, from);
        entry.setStatus(AuditStatus.EXPIRED);
        entry.setReason(EXPIRED_REASON);
        entry.setExpiredTo(to);
        return entry;
    }

    private AuditEntry next(LogState log, TopicPartition partition, long offset) {
        AuditEntry entry = new AuditEntry();
        entry.setIndex(log.size());
        entry.setPreviousLeaf(log.lastLeaf());
        entry.setRecordedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS));
        entry.setInputs(List.of(new RecordInput(partition.topic(), partition.partition(), offset)));
        entry.setPreviousOffset(log.lastOffset());
        entry.setDevice("");
        entry.setSoftwareVersion(softwareVersion);
        return entry;
    }

    private static void described(AuditEntry entry, EventFacts event) {
        entry.setEventId(shortened(event.id()));
        entry.setEventTime(event.time());
        entry.setSource(shortened(event.source()));
        entry.setModel(new AuditedModel(
                shortened(event.model().getName()), shortened(event.model().getVersion()), event.modelSha256()));
        entry.setImageSha256(shortened(event.imageSha256()));
        entry.setLogged(shortened(event.logged()));
    }

    private static void explained(AuditEntry entry, WrittenExplanation written) {
        Explanation explanation = written.explanation();
        entry.setEventId(shortened(explanation.getEventId()));
        entry.setEventTime(explanation.getTime());
        entry.setSource(shortened(explanation.getSource()));
        entry.setModel(new AuditedModel(
                explanation.getModel().getName(),
                explanation.getModel().getVersion(),
                explanation.getModel().getSha256()));
        entry.setImageSha256(explanation.getImage().getSha256());
        entry.setLogged(shortened(explanation.getPrediction().getLogged()));
        entry.setReplayed(shortened(explanation.getPrediction().getReplayed()));
        entry.setScoreDifference(explanation.getPrediction().getScoreDifference());
        entry.setAgreement(explanation.getPrediction().getAgreement());
        entry.setMethod(explanation.getMethod());
        entry.setDevice(explanation.getDevice());
        List<AuditedMap> maps = new ArrayList<>(explanation.getClasses().size());
        for (ClassExplanation explained : explanation.getClasses()) {
            maps.add(new AuditedMap(
                    explained.getClassIndex(),
                    explained.getMap().getHeight(),
                    explained.getMap().getWidth(),
                    explained.getStatistics().getSum(),
                    Sha256.hex(explained.getMap().getValues())));
        }
        entry.setExplanation(new AuditedExplanation(Sha256.hex(written.value()), written.value().length, maps));
    }

    private static @Nullable Prediction shortened(@Nullable Prediction prediction) {
        return prediction == null || prediction.getLabel().length() <= LONGEST_TEXT
                ? prediction
                : new Prediction(prediction.getClassIndex(), shortened(prediction.getLabel()), prediction.getScore());
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, KEPT_TEXT) + "…sha256:" + Sha256.hex(text);
    }
}
