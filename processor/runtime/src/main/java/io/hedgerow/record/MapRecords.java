package io.hedgerow.record;

import io.hedgerow.AttributionMap;
import io.hedgerow.ClassExplanation;
import io.hedgerow.MapStatistics;
import io.hedgerow.Region;
import io.hedgerow.attribution.Box;
import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.QuantizedMap;
import io.hedgerow.attribution.Regions;
import io.hedgerow.attribution.SignedMap;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.event.Reason;
import io.hedgerow.event.RejectedRecordException;
import io.hedgerow.event.Subject;
import java.util.List;

/** Turns one class's map into its record. Thread-safe. */
final class MapRecords {
    /**
     * The explanation of the {@code k}-th class explained. Statistics and regions are those of the map as it was computed.
     *
     * @param coarsening side, in cells of the model's input layer, of what one cell of the recorded map sums up
     * @throws RejectedRecordException if the map is not finite
     */
    ClassExplanation explanation(Subject subject, Attribution attribution, int k, int coarsening)
            throws RejectedRecordException {
        int index = attribution.classes()[k];
        SignedMap map = subject.turn().apply(attribution.map(k, subject.tensorToImage()));
        var statistics = io.hedgerow.attribution.MapStatistics.of(map);
        if (!Float.isFinite(statistics.sum())) {
            throw new RejectedRecordException(
                    Reason.NOT_EXPLAINABLE,
                    "model %s has no finite map of class %d for this image"
                            .formatted(subject.model().name(), index));
        }
        Regions regions = Regions.of(map, subject.imageWidth(), subject.imageHeight());
        return new ClassExplanation(
                index,
                subject.model().labels().label(index),
                attribution.scores()[index],
                attribution.predictions()[index],
                record(map.coarsened(coarsening), coarsening),
                records(regions.evidence()),
                records(regions.suppressors()),
                record(statistics));
    }

    private static AttributionMap record(SignedMap map, int coarsening) {
        QuantizedMap quantized = QuantizedMap.of(map);
        MapTransform toImage = map.toImage();
        return new AttributionMap(
                map.height(),
                map.width(),
                quantized.scale(),
                quantized.values(),
                coarsening,
                new io.hedgerow.MapTransform(toImage.scaleX(), toImage.offsetX(), toImage.scaleY(), toImage.offsetY()));
    }

    private static List<Region> records(List<io.hedgerow.attribution.Region> regions) {
        return regions.stream()
                .map(region -> {
                    Box box = region.box();
                    return new Region(box.x(), box.y(), box.width(), box.height(), region.share());
                })
                .toList();
    }

    private static MapStatistics record(io.hedgerow.attribution.MapStatistics statistics) {
        return new MapStatistics(
                statistics.sum(),
                statistics.peak(),
                statistics.concentration(),
                statistics.borderShare(),
                statistics.suppressionShare(),
                statistics.centreX(),
                statistics.centreY());
    }
}
