package io.hedgerow.topology;

import io.hedgerow.AttributionMap;
import io.hedgerow.ClassExplanation;
import io.hedgerow.MapStatistics;
import io.hedgerow.explain.Attribution;
import io.hedgerow.image.MapTransform;
import java.nio.ByteBuffer;
import java.util.List;

/** Turns one class's map into its record. Thread-safe. */
final class MapRecords {
    /**
     * The explanation of the {@code k}-th class explained.
     *
     * @param coarsening side, in cells of the model's input layer, of what one cell of the map sums up
     * @throws RejectedRecordException if the map is not finite
     */
    ClassExplanation explanation(Subject subject, Attribution attribution, int k, int coarsening)
            throws RejectedRecordException {
        int index = attribution.classes()[k];
        float[] relevance = attribution.maps()[k];
        float sum = 0;
        float peak = 0;
        for (float value : relevance) {
            sum += value;
            peak = Math.max(peak, Math.abs(value));
        }
        if (!Float.isFinite(sum) || !Float.isFinite(peak)) {
            throw new RejectedRecordException(
                    Reason.NOT_EXPLAINABLE,
                    "model %s has no finite map of class %d for this image"
                            .formatted(subject.model().name(), index));
        }
        return new ClassExplanation(
                index,
                subject.model().label(index),
                attribution.scores()[index],
                attribution.predictions()[index],
                map(subject, attribution, relevance, coarsening),
                List.of(),
                List.of(),
                new MapStatistics(sum, peak, null, null, null, null, null));
    }

    private static AttributionMap map(Subject subject, Attribution attribution, float[] relevance, int coarsening) {
        int height = (attribution.mapHeight() + coarsening - 1) / coarsening;
        int width = (attribution.mapWidth() + coarsening - 1) / coarsening;
        float[] cells = new float[height * width];
        float peak = 0;
        for (int i = 0; i < relevance.length; i++) {
            int row = i / attribution.mapWidth() / coarsening;
            int column = i % attribution.mapWidth() / coarsening;
            cells[row * width + column] += relevance[i];
            peak = Math.max(peak, Math.abs(cells[row * width + column]));
        }
        float scale = peak / 127;
        byte[] values = new byte[cells.length];
        for (int i = 0; i < cells.length && scale > 0; i++) {
            values[i] = (byte) Math.round(cells[i] / scale);
        }
        MapTransform toImage = MapTransform.stretch(
                        attribution.mapWidth(),
                        attribution.mapHeight(),
                        subject.tensor().width(),
                        subject.tensor().height())
                .andThen(subject.tensorToImage());
        return new AttributionMap(
                height,
                width,
                scale,
                ByteBuffer.wrap(values),
                coarsening,
                new io.hedgerow.MapTransform(
                        toImage.scaleX() * coarsening,
                        toImage.offsetX(),
                        toImage.scaleY() * coarsening,
                        toImage.offsetY()));
    }
}
