package io.hedgerow.topology;

import io.hedgerow.Prediction;
import io.hedgerow.PredictionEvent;
import io.hedgerow.RawTensor;
import io.hedgerow.explain.AttributionRequest;
import io.hedgerow.explain.ExplainableModel;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Checks what an event asks for against the limits and its model. Thread-safe. */
final class EventCheck {
    private final EventLimits limits;
    private final Clock clock;

    EventCheck(EventLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Checks what can be checked without the model. */
    void check(PredictionEvent event) throws RejectedRecordException {
        checkTime(event.getTime());
        if (event.getClasses().size() > limits.classes()) {
            throw new RejectedRecordException(
                    Reason.TOO_MUCH,
                    "the event asks for %d classes; at most %d are explained"
                            .formatted(event.getClasses().size(), limits.classes()));
        }
        if (event.getImage() instanceof RawTensor tensor && tensor.getData().remaining() > limits.tensorBytes()) {
            throw new RejectedRecordException(
                    Reason.BAD_TENSOR,
                    "the tensor has %d bytes; at most %d are taken"
                            .formatted(tensor.getData().remaining(), limits.tensorBytes()));
        }
        long bytes = 0;
        for (var attribute : event.getAttributes().entrySet()) {
            bytes += utf8(attribute.getKey()) + utf8(attribute.getValue());
        }
        if (event.getAttributes().size() > limits.attributes() || bytes > limits.attributeBytes()) {
            throw new RejectedRecordException(
                    Reason.TOO_MUCH,
                    "the event has %d attributes of %d bytes in all; at most %d of %d bytes are taken"
                            .formatted(
                                    event.getAttributes().size(), bytes, limits.attributes(), limits.attributeBytes()));
        }
    }

    /** The classes to explain: those asked for, else the predicted one, else whichever the replay finds. */
    int[] classes(PredictionEvent event, ExplainableModel model) throws RejectedRecordException {
        List<Prediction> logged = event.getPredictions();
        for (Prediction prediction : logged) {
            checkClass("predictions", prediction.getClassIndex(), model);
        }
        for (int index : event.getClasses()) {
            checkClass("classes", index, model);
        }
        if (!event.getClasses().isEmpty()) {
            return event.getClasses().stream().mapToInt(Integer::intValue).toArray();
        }
        return new int[] {
            logged.isEmpty() ? AttributionRequest.TOP : logged.get(0).getClassIndex()
        };
    }

    /** The ratio to explain with: the event's, else the model's. */
    float ratio(PredictionEvent event, ExplainableModel model) throws RejectedRecordException {
        Float ratio = event.getRatio();
        if (ratio == null) {
            return model.defaultRatio();
        }
        // Written so that NaN is refused, too.
        if (!(ratio >= 1 && ratio <= 2)) {
            throw new RejectedRecordException(
                    Reason.BAD_RATIO, "the event's ratio is %s; it must be from 1 to 2".formatted(ratio));
        }
        return ratio;
    }

    private void checkTime(Instant time) throws RejectedRecordException {
        if (time.toEpochMilli() < 0) {
            throw new RejectedRecordException(Reason.BAD_TIME, "the event's time %s is before 1970".formatted(time));
        }
        Instant now = clock.instant();
        if (time.isAfter(now.plus(limits.futureSkew()))) {
            throw new RejectedRecordException(
                    Reason.BAD_TIME,
                    "the event's time %s is more than %s ahead of this machine's %s"
                            .formatted(time, limits.futureSkew(), now));
        }
    }

    private static void checkClass(String field, int index, ExplainableModel model) throws RejectedRecordException {
        if (index < 0 || index >= model.classes()) {
            throw new RejectedRecordException(
                    Reason.BAD_CLASS,
                    "the event's %s name class %d; model %s has classes 0 to %d"
                            .formatted(field, index, model.name(), model.classes() - 1));
        }
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
