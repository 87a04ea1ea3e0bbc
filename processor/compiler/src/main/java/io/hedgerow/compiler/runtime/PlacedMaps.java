package io.hedgerow.compiler.runtime;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.compiler.api.Placement;
import io.hedgerow.compiler.api.Run;
import io.hedgerow.compiler.geometry.MapGrid;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Lays the maps of a model's input layers on the picture: turns them back, leaves padding out and sums them, in the cells of
 * the finest. Single-threaded.
 */
final class PlacedMaps {
    private final List<Layer> layers;
    private final MapGrid grid;
    private final MapTransform toTensor;
    private final double[] sums;
    private final double[] line;

    /**
     * Places maps.
     *
     * @param placements of each
     */
    PlacedMaps(List<Placement> placements) {
        this.grid = MapGrid.of(placements);
        this.layers =
                placements.stream().map(placement -> new Layer(placement, grid)).toList();
        this.toTensor = new MapTransform(
                grid.across().size(),
                grid.across().offset(),
                grid.down().size(),
                grid.down().offset());
        this.sums = new double[height() * width()];
        this.line = new double[width()];
    }

    int height() {
        return grid.down().cells();
    }

    int width() {
        return grid.across().cells();
    }

    /** From cells to pixels of the model's input. */
    MapTransform toTensor() {
        return toTensor;
    }

    /**
     * The map of one image and class on the picture.
     *
     * @param maps of each layer, one after the other
     * @param index which of them
     * @param heights of each layer's maps
     * @param widths of each layer's maps
     * @return {@link #height} × {@link #width} cells
     */
    float[] place(List<float[]> maps, int index, int[] heights, int[] widths) {
        int size = sums.length;
        if (layers.size() == 1 && layers.get(0).isWhole && heights[0] == height() && widths[0] == width()) {
            return Arrays.copyOfRange(maps.get(0), index * size, (index + 1) * size);
        }
        Arrays.fill(sums, 0);
        for (int layer = 0; layer < layers.size(); layer++) {
            int from = index * heights[layer] * widths[layer];
            layers.get(layer).addTo(maps.get(layer), from, widths[layer]);
        }
        float[] placed = new float[size];
        for (int cell = 0; cell < size; cell++) {
            placed[cell] = (float) sums[cell];
        }
        return placed;
    }

    /** One layer's map on the grid. */
    private final class Layer {
        private final boolean transposed;
        private final Shares down;
        private final Shares across;
        /** Whether its map is laid on the grid as it is, if it has as many cells. */
        private final boolean isWhole;

        Layer(Placement placement, MapGrid grid) {
            this.transposed = placement.transposed();
            this.down = new Shares(placement.down(), grid.down());
            this.across = new Shares(placement.across(), grid.across());
            this.isWhole = !transposed
                    && down.areOneToOne(grid.down().cells())
                    && across.areOneToOne(grid.across().cells());
        }

        void addTo(float[] map, int from, int mapWidth) {
            int rowStep = transposed ? 1 : mapWidth;
            int columnStep = transposed ? mapWidth : 1;
            for (int i = 0; i < down.sources.length; i++) {
                Arrays.fill(line, 0);
                int start = from + down.sources[i] * rowStep;
                for (int j = 0; j < across.sources.length; j++) {
                    double relevance = map[start + across.sources[j] * columnStep];
                    for (int part = across.starts[j]; part < across.starts[j + 1]; part++) {
                        line[across.cells[part]] += across.weights[part] * relevance;
                    }
                }
                for (int part = down.starts[i]; part < down.starts[i + 1]; part++) {
                    addLine(down.cells[part], down.weights[part]);
                }
            }
        }

        private void addLine(int row, double weight) {
            int first = row * width();
            for (int column = 0; column < line.length; column++) {
                sums[first + column] += weight * line[column];
            }
        }
    }

    /** Which cells of the grid rows or columns of a map share out to, by how much of them lies in each. */
    private static final class Shares {
        private static final double ROUNDING = 1e-6;

        /** Row or column of the map. */
        private final int[] sources;
        /** Where the parts of each begin. */
        private final int[] starts;
        /** Cell of each part. */
        private final int[] cells;
        /** Share of each part. */
        private final double[] weights;

        Shares(List<Run> runs, MapGrid.Side side) {
            IntStream.Builder taken = IntStream.builder();
            IntStream.Builder begins = IntStream.builder();
            IntStream.Builder placed = IntStream.builder();
            DoubleStream.Builder shares = DoubleStream.builder();
            int parts = 0;
            for (Run run : runs) {
                for (int i = 0; i < run.count(); i++) {
                    taken.add(run.first() + i);
                    begins.add(parts);
                    double low = (run.centre(i) - run.size() / 2 - side.offset()) / side.size();
                    double high = low + run.size() / side.size();
                    int last = Math.min(side.cells() - 1, (int) Math.ceil(high - ROUNDING) - 1);
                    for (int cell = Math.max(0, (int) Math.floor(low + ROUNDING)); cell <= last; cell++) {
                        double share = (Math.min(high, cell + 1) - Math.max(low, cell)) / (high - low);
                        placed.add(cell);
                        shares.add(share > 1 - ROUNDING ? 1 : share);
                        parts++;
                    }
                }
            }
            begins.add(parts);
            sources = taken.build().toArray();
            starts = begins.build().toArray();
            cells = placed.build().toArray();
            weights = shares.build().toArray();
        }

        boolean areOneToOne(int count) {
            return sources.length == count
                    && cells.length == count
                    && IntStream.range(0, count).allMatch(i -> sources[i] == i && cells[i] == i && weights[i] == 1);
        }
    }
}
