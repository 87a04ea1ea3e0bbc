package io.hedgerow.evaluate.perturbation;

import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.evaluate.metrics.Cells;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * Fills in pixels from those around them (Rong et al., "A Consistent and Efficient Evaluation Strategy for Attribution Methods",
 * 2022): each is the weighted mean of its eight neighbours, 1/6 beside and 1/12 across corners, which is one system of linear
 * equations for all that are missing, and gets noise of a hundredth of the range from black to white. Thread-safe.
 */
final class Imputer {
    /** Standard deviation of the noise. */
    static final double NOISE = 0.01;

    private static final double TOLERANCE = 1e-6;

    private final TensorSpec spec;
    private final TensorGrid grid;
    private final float[] range;

    /** @param range from black to white, by channel */
    Imputer(TensorSpec spec, float[] range) {
        this.spec = spec;
        this.grid = new TensorGrid(spec);
        this.range = range.clone();
    }

    /**
     * Fills in what is covered of a tensor.
     *
     * @param seed of the noise; what is covered matters to it too
     * @param start where in the buffer the tensor begins
     */
    void fillIn(Covered covered, long seed, ByteBuffer into, int start) {
        BitSet missing = missing(covered);
        ByteBuffer tensor =
                into.duplicate().order(into.order()).position(start).slice().order(into.order());
        NeighbourMeans means = new NeighbourMeans(missing, spec.height(), spec.width());
        SplittableRandom random = new SplittableRandom(seed + 31L * covered.from() + covered.to());
        for (int channel = 0; channel < range.length; channel++) {
            float[] values = grid.channel(tensor, channel);
            means.solve(values, TOLERANCE * range[channel]);
            double sigma = NOISE * range[channel];
            for (int pixel = missing.nextSetBit(0); pixel >= 0; pixel = missing.nextSetBit(pixel + 1)) {
                grid.put(into, start, channel, pixel, (float) (values[pixel] + sigma * random.nextGaussian()));
            }
        }
    }

    private BitSet missing(Covered covered) {
        BitSet missing = new BitSet(grid.pixels());
        Covered.Sequence sequence = covered.sequence();
        if (sequence == null) {
            missing.set(0, grid.pixels());
            return missing;
        }
        Cells cells = sequence.cells();
        for (int place = covered.from(); place < covered.to(); place++) {
            int cell = sequence.order().cell(place);
            for (int y = cells.top(cell); y < cells.bottom(cell); y++) {
                missing.set(y * spec.width() + cells.left(cell), y * spec.width() + cells.right(cell));
            }
        }
        return missing;
    }
}
