package io.hedgerow.event;

import io.hedgerow.Prediction;
import io.hedgerow.PredictionEvent;
import io.hedgerow.RawTensor;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.models.ExplainableModel;
import io.hedgerow.models.MethodInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Checks what an event asks for against the limits and its model. Thread-safe. */
public final class EventCheck {
    private final EventLimits limits;
    private final EventTime time;

    public EventCheck(EventLimits limits, EventTime time) {
        this.limits = limits;
        this.time = time;
    }

    /** Checks what can be checked without the model. */
    void check(PredictionEvent event) throws RejectedRecordException {
        time.check(event.getTime());
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

    /**
     * The classes to explain: those asked for, else the predicted one, else whichever the replay finds.
     *
     * @param logged the event's predictions with their classes' indices
     */
    int[] classes(PredictionEvent event, List<Prediction> logged, ExplainableModel model)
            throws RejectedRecordException {
        for (int index : event.getClasses()) {
            LoggedClasses.checkIndex("classes", index, model);
        }
        if (!event.getClasses().isEmpty()) {
            return event.getClasses().stream().mapToInt(Integer::intValue).toArray();
        }
        return new int[] {
            logged.isEmpty() ? AttributionRequest.TOP : logged.get(0).getClassIndex()
        };
    }

    /** The method to explain by: the event's, else the model's first. */
    MethodInfo method(PredictionEvent event, ExplainableModel model) throws RejectedRecordException {
        List<MethodInfo> methods = model.methods();
        String asked = event.getMethod();
        if (asked.isEmpty()) {
            return methods.get(0);
        }
        for (MethodInfo method : methods) {
            if (method.name().equals(asked)) {
                return method;
            }
        }
        throw new RejectedRecordException(
                Reason.BAD_METHOD,
                "the event asks for the method '%s'; model %s is compiled with %s, and with what models[].methods lists"
                        .formatted(
                                asked,
                                model.name(),
                                methods.stream().map(MethodInfo::name).collect(Collectors.joining(", "))));
    }

    /** The ratio to explain with: the event's, else the model's; 0 where the method has none. */
    float ratio(PredictionEvent event, ExplainableModel model, MethodInfo method) throws RejectedRecordException {
        Float ratio = event.getRatio();
        float usual = model.defaultRatio(method);
        if (ratio == null) {
            return usual;
        }
        // Written so that NaN is refused, too.
        if (!(ratio >= 1 && ratio <= 2)) {
            throw new RejectedRecordException(
                    Reason.BAD_RATIO, "the event's ratio is %s; it must be from 1 to 2".formatted(ratio));
        }
        return usual == 0 ? 0 : ratio;
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
