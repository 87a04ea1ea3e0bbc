package io.hedgerow.evaluate.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.hedgerow.evaluate.perturbation.CellCurves;
import io.hedgerow.evaluate.perturbation.PixelCurve;

/** The shares of the picture, or of the model's layers, at which a curve's points are. */
final class CurveShares {
    private final JsonNode settings;

    /** @param settings of the evaluation */
    CurveShares(JsonNode settings) {
        this.settings = settings;
    }

    double[] of(String curve, int points) {
        if (curve.startsWith("randomisation")) {
            double[] shares = new double[points];
            for (int i = 1; i < points; i++) {
                shares[i] = settings.path("layersForgotten").path(i - 1).asDouble(i / (points - 1.0));
            }
            return shares;
        }
        if (curve.startsWith("road")) {
            return PixelCurve.roadShares();
        }
        if (curve.startsWith("insertion-ae")) {
            return PixelCurve.insertionAeShares();
        }
        if (curve.startsWith("rise")) {
            return PixelCurve.riseShares();
        }
        double[] shares = CellCurves.shares(CellCurves.SIDE * CellCurves.SIDE);
        if (shares.length == points) {
            return shares;
        }
        // a model whose pictures have fewer pixels than cells
        double[] even = new double[points];
        for (int i = 0; i < points; i++) {
            even[i] = i / (points - 1.0);
        }
        return even;
    }
}
