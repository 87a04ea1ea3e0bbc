package io.hedgerow.evaluate.report;

import io.hedgerow.evaluate.perturbation.CellCurves;
import io.hedgerow.evaluate.perturbation.PixelCurve;

/** The shares of the picture at which a curve's points are. */
final class CurveShares {
    private CurveShares() {}

    static double[] of(String curve, int points) {
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
