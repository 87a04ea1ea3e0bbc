package io.hedgerow.cli.model;

import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.Placement;
import io.hedgerow.compiler.api.Run;
import java.util.ArrayList;
import java.util.List;

/** Says in words where maps lie on the picture that a model takes, where that is not all of it. */
final class MapPlaces {
    private static final double ROUNDING = 0.51;

    private final ExplanationInfo info;

    MapPlaces(ExplanationInfo info) {
        this.info = info;
    }

    /** A line for each input layer that sees the picture otherwise than whole and upright. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (ExplanationInfo.Layer layer : info.method().layers()) {
            Placement place = layer.placement();
            if (place != null && (info.method().layers().size() > 1 || !isWhole(place))) {
                lines.add("%s: x %s of %d, y %s of %d%s"
                        .formatted(
                                layer.tensor(),
                                extent(place.across()),
                                info.input().width(),
                                extent(place.down()),
                                info.input().height(),
                                turns(place)));
            }
        }
        return lines;
    }

    private boolean isWhole(Placement place) {
        return turns(place).isEmpty()
                && covers(place.across(), info.input().width())
                && covers(place.down(), info.input().height());
    }

    private static boolean covers(List<Run> runs, long pixels) {
        return Math.abs(lowest(runs)) < ROUNDING && Math.abs(highest(runs) - pixels) < ROUNDING;
    }

    private static String extent(List<Run> runs) {
        return "%s to %s".formatted(number(lowest(runs)), number(highest(runs)));
    }

    private static String turns(Placement place) {
        return (place.transposed() ? ", rows and columns swapped" : "")
                + (isMirrored(place.across()) ? ", left to right mirrored" : "")
                + (isMirrored(place.down()) ? ", upside down" : "")
                + (place.across().size() + place.down().size() > 2 ? ", in several pieces" : "");
    }

    private static boolean isMirrored(List<Run> runs) {
        return runs.size() == 1 && runs.get(0).step() < 0;
    }

    private static double lowest(List<Run> runs) {
        return runs.stream().mapToDouble(Run::lowest).min().orElseThrow();
    }

    private static double highest(List<Run> runs) {
        return runs.stream().mapToDouble(Run::highest).max().orElseThrow();
    }

    private static String number(double value) {
        return Math.abs(value - Math.rint(value)) < 1e-6 ? "%.0f".formatted(value) : "%.2f".formatted(value);
    }
}
