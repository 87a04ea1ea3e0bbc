package io.hedgerow.dashboard.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hedgerow.AttributionMap;
import io.hedgerow.ClassExplanation;
import io.hedgerow.Explanation;
import io.hedgerow.MapTransform;
import io.hedgerow.Prediction;
import io.hedgerow.Region;
import io.hedgerow.dashboard.view.ModelNames;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All about one event, as its page shows it.
 *
 * @param explanation the record as JSON, without its maps' values, which stand in {@code classes}
 * @param model key of its model
 * @param picture address of the picture
 */
public record EventPage(
        int partition,
        long offset,
        Event event,
        String model,
        ObjectNode explanation,
        List<Explained> classes,
        Predictions prediction,
        String picture,
        int width,
        int height,
        Neighbours neighbours) {
    /** What the producer said. */
    public record Event(String id, long time, String source, Map<String, String> attributes) {}

    /**
     * One class.
     *
     * @param score before softmax or sigmoid: what the map explains
     * @param prediction the model's own output
     * @param kind what that is: probability, log-probability, logit, value, or empty
     */
    public record Explained(
            int classIndex,
            String label,
            float score,
            float prediction,
            String kind,
            Cells grid,
            Place transform,
            List<Part> regions,
            List<Part> suppressors,
            ObjectNode statistics) {}

    /**
     * A map as it is stored.
     *
     * @param values row-major, -127 to 127
     * @param scale relevance of one step
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Cells(int rows, int columns, float scale, int[] values) {}

    /** From map coordinates to pixels of the picture: x = scaleX * column + offsetX. */
    public record Place(double scaleX, double offsetX, double scaleY, double offsetY) {}

    /** A box in pixels of the picture, and its share of the relevance of its sign. */
    public record Part(int x, int y, int width, int height, float share) {}

    /** The prediction that was logged and the one replayed. */
    public record Predictions(
            List<Scored> logged,
            List<Scored> replayed,
            String scoreKind,
            @Nullable Double scoreDifference,
            String agreement) {}

    /** A class and its score. */
    public record Scored(int classIndex, String label, float score) {}

    /** Offsets that may hold the events before and after. */
    public record Neighbours(@Nullable Long previous, @Nullable Long next) {}

    static EventPage of(EventStore.Address address, Explanation explanation) {
        ObjectNode record = RecordJson.of(explanation);
        record.withArray("classes").forEach(one -> ((ObjectNode) one.path("map")).remove("values"));
        Float difference = explanation.getPrediction().getScoreDifference();
        return new EventPage(
                address.partition(),
                address.offset(),
                new Event(
                        explanation.getEventId(),
                        explanation.getTime().toEpochMilli(),
                        explanation.getSource(),
                        explanation.getAttributes()),
                ModelNames.key(explanation.getModel(), explanation.getMethod()),
                record,
                explanation.getClasses().stream()
                        .map(one -> explained(one, explanation.getPredictionKind()))
                        .toList(),
                new Predictions(
                        scored(explanation.getPrediction().getLogged()),
                        scored(explanation.getPrediction().getReplayed()),
                        explanation.getScoreKind(),
                        difference == null || !Float.isFinite(difference) ? null : (Double) (double) difference,
                        explanation.getPrediction().getAgreement().name()),
                "/api/events/" + address.partition() + "/" + address.offset() + "/picture",
                explanation.getImage().getWidth(),
                explanation.getImage().getHeight(),
                new Neighbours(null, null));
    }

    EventPage with(@Nullable Long previous, @Nullable Long next) {
        return new EventPage(
                partition,
                offset,
                event,
                model,
                explanation,
                classes,
                prediction,
                picture,
                width,
                height,
                new Neighbours(previous, next));
    }

    private static Explained explained(ClassExplanation one, String kind) {
        AttributionMap map = one.getMap();
        MapTransform place = map.getTransform();
        ByteBuffer values = map.getValues().duplicate();
        int[] cells = new int[Math.min(values.remaining(), map.getHeight() * map.getWidth())];
        for (int cell = 0; cell < cells.length; cell++) {
            cells[cell] = values.get();
        }
        return new Explained(
                one.getClassIndex(),
                one.getLabel(),
                finite(one.getScore()),
                finite(one.getPrediction()),
                kind,
                new Cells(map.getHeight(), map.getWidth(), finite(map.getScale()), cells),
                new Place(place.getScaleX(), place.getOffsetX(), place.getScaleY(), place.getOffsetY()),
                one.getEvidence().stream().map(EventPage::part).toList(),
                one.getSuppressors().stream().map(EventPage::part).toList(),
                RecordJson.of(one.getStatistics()));
    }

    private static Part part(Region region) {
        return new Part(region.getX(), region.getY(), region.getWidth(), region.getHeight(), finite(region.getShare()));
    }

    private static List<Scored> scored(@Nullable Prediction prediction) {
        return prediction == null
                ? List.of()
                : List.of(new Scored(prediction.getClassIndex(), prediction.getLabel(), finite(prediction.getScore())));
    }

    private static float finite(float value) {
        return Float.isFinite(value) ? value : 0;
    }
}
