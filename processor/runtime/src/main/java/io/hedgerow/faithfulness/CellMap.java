package io.hedgerow.faithfulness;

import io.hedgerow.attribution.Box;
import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.SignedMap;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.TensorSpec;

/** A map in at most 16 × 16 cells, and where they lie on the tensor. Immutable. */
record CellMap(SignedMap map) {
    private static final int SIDE = 16;

    /** Takes which of the classes explained the map is of. */
    static CellMap of(Attribution attribution, int k) {
        SignedMap map = attribution.map(k, MapTransform.IDENTITY);
        int most = Math.max(map.height(), map.width());
        return new CellMap(map.coarsened((most + SIDE - 1) / SIDE));
    }

    /** The pixels of the tensor that a cell, counted in row-major order, touches. */
    Box box(int cell, TensorSpec spec) {
        Box at = new Box(cell % map.width(), cell / map.width(), 1, 1);
        return map.toImage().project(at, spec.width(), spec.height());
    }
}
