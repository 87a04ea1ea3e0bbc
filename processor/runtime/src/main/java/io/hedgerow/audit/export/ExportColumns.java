package io.hedgerow.audit.export;

import io.hedgerow.AuditEntry;
import io.hedgerow.AuditedExplanation;
import io.hedgerow.AuditedMap;
import io.hedgerow.AuditedModel;
import io.hedgerow.Method;
import io.hedgerow.Prediction;
import io.hedgerow.audit.export.ExportColumn.Form;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The columns of an exported log beside the entry itself: what the entry says, for people. */
final class ExportColumns {
    /** Version of the columns; to be raised with any change to them. */
    static final int VERSION = 1;

    /** What Article 19 of the AI Act wants automatic logs to be kept for, at least. */
    static final Duration RETENTION = Duration.ofDays(184);

    static final List<ExportColumn> ALL = List.of(
            new ExportColumn("index", Form.LONG, AuditEntry::getIndex),
            new ExportColumn("status", Form.STRING, entry -> entry.getStatus().name()),
            new ExportColumn("reason", Form.STRING, AuditEntry::getReason),
            new ExportColumn("recordedAt", Form.TIME, AuditEntry::getRecordedAt),
            new ExportColumn(
                    "keepUntil", Form.TIME, entry -> entry.getRecordedAt().plus(RETENTION)),
            new ExportColumn("eventId", Form.STRING, AuditEntry::getEventId),
            new ExportColumn("eventTime", Form.TIME, AuditEntry::getEventTime),
            new ExportColumn("source", Form.STRING, AuditEntry::getSource),
            new ExportColumn(
                    "inputTopic", Form.STRING, entry -> entry.getInputs().get(0).getTopic()),
            new ExportColumn("inputPartition", Form.LONG, entry ->
                    (long) entry.getInputs().get(0).getPartition()),
            new ExportColumn(
                    "inputOffset", Form.LONG, entry -> entry.getInputs().get(0).getOffset()),
            new ExportColumn("previousOffset", Form.LONG, AuditEntry::getPreviousOffset),
            new ExportColumn("expiredTo", Form.LONG, AuditEntry::getExpiredTo),
            new ExportColumn("imageSha256", Form.STRING, AuditEntry::getImageSha256),
            new ExportColumn("model", Form.STRING, of(AuditEntry::getModel, AuditedModel::getName)),
            new ExportColumn("modelVersion", Form.STRING, of(AuditEntry::getModel, AuditedModel::getVersion)),
            new ExportColumn("modelSha256", Form.STRING, of(AuditEntry::getModel, AuditedModel::getSha256)),
            new ExportColumn("loggedClass", Form.LONG, of(AuditEntry::getLogged, ExportColumns::classIndex)),
            new ExportColumn("loggedLabel", Form.STRING, of(AuditEntry::getLogged, Prediction::getLabel)),
            new ExportColumn("loggedScore", Form.FLOAT, of(AuditEntry::getLogged, Prediction::getScore)),
            new ExportColumn("replayedClass", Form.LONG, of(AuditEntry::getReplayed, ExportColumns::classIndex)),
            new ExportColumn("replayedLabel", Form.STRING, of(AuditEntry::getReplayed, Prediction::getLabel)),
            new ExportColumn("replayedScore", Form.FLOAT, of(AuditEntry::getReplayed, Prediction::getScore)),
            new ExportColumn("scoreDifference", Form.FLOAT, AuditEntry::getScoreDifference),
            new ExportColumn("agreement", Form.STRING, of(AuditEntry::getAgreement, Enum::name)),
            new ExportColumn("method", Form.STRING, of(AuditEntry::getMethod, Method::getName)),
            new ExportColumn("methodVersion", Form.STRING, of(AuditEntry::getMethod, Method::getVersion)),
            new ExportColumn("ratio", Form.FLOAT, of(AuditEntry::getMethod, Method::getRatio)),
            new ExportColumn("referenceLayer", Form.STRING, of(AuditEntry::getMethod, Method::getReferenceLayer)),
            new ExportColumn("precision", Form.STRING, of(AuditEntry::getMethod, method -> method.getPrecision()
                    .name())),
            new ExportColumn(
                    "explanationSha256", Form.STRING, of(AuditEntry::getExplanation, AuditedExplanation::getSha256)),
            new ExportColumn("mapsSha256", Form.STRING, of(AuditEntry::getExplanation, ExportColumns::maps)),
            new ExportColumn("device", Form.STRING, AuditEntry::getDevice),
            new ExportColumn("softwareVersion", Form.STRING, AuditEntry::getSoftwareVersion));

    private ExportColumns() {}

    private static <T> Function<AuditEntry, @Nullable Object> of(
            Function<AuditEntry, @Nullable T> part, Function<T, @Nullable Object> value) {
        return entry -> {
            T found = part.apply(entry);
            return found == null ? null : value.apply(found);
        };
    }

    private static long classIndex(Prediction prediction) {
        return prediction.getClassIndex();
    }

    private static String maps(AuditedExplanation explanation) {
        return explanation.getMaps().stream().map(AuditedMap::getSha256).collect(Collectors.joining(" "));
    }
}
