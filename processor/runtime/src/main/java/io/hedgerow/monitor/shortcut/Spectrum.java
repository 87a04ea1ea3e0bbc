package io.hedgerow.monitor.shortcut;

import io.hedgerow.monitor.profile.Grid;
import io.hedgerow.monitor.profile.MapSmoothing;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * SpRAy, the known method to look for strategies of a classifier (Lapuschkin et al., Unmasking Clever Hans predictors,
 * 2019): the spectrum of a graph in which each map is joined to the maps nearest to it. As many eigenvalues as there are
 * groups apart from each other are near 0, and then comes a gap. Immutable.
 */
public final class Spectrum {
    /** Maps at least. */
    public static final int LEAST = 12;

    /** Maps at most, since the decomposition takes time with the cube of their number. */
    public static final int MOST = 1_000;

    private static final int NEIGHBOURS = 10;
    private static final int EIGENVALUES = 32;
    private static final double NEAR_ZERO = 0.002;

    private final double[] eigenvalues;
    private final double[][] embedding;

    /**
     * Of some maps.
     *
     * @param maps at least 12, at most {@link #MOST}, none blind
     * @throws IllegalArgumentException if there are fewer or more
     */
    public Spectrum(List<Grid> maps) {
        if (maps.size() < LEAST || maps.size() > MOST) {
            throw new IllegalArgumentException(
                    "a spectrum needs " + LEAST + " to " + MOST + " maps, not " + maps.size());
        }
        EigenDecompositionSymmetric decomposition = new EigenDecompositionSymmetric(laplacian(maps));
        int all = maps.size();
        int count = Math.min(EIGENVALUES, all);
        double[] values = decomposition.getEigenvalues();
        int[] ascending = IntStream.range(0, all)
                .boxed()
                .sorted(Comparator.comparingDouble(at -> values[at]))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
        eigenvalues = Arrays.stream(ascending)
                .mapToDouble(at -> Math.max(0, values[at]))
                .toArray();
        embedding = new double[all][count];
        for (int column = 0; column < count; column++) {
            double[] vector = decomposition.getEigenvector(ascending[column]).toArray();
            for (int map = 0; map < all; map++) {
                embedding[map][column] = vector[map];
            }
        }
    }

    /** The smallest eigenvalues, ascending, 32 at most. */
    public double[] eigenvalues() {
        return eigenvalues.clone();
    }

    /** For each map its entries in the eigenvectors of those eigenvalues. */
    public double[][] embedding() {
        return Arrays.stream(embedding).map(double[]::clone).toArray(double[][]::new);
    }

    /** Number of groups at which the gap is largest, at least 2. */
    public int groups() {
        int groups = 2;
        for (int each = 3; each < eigenvalues.length; each++) {
            groups = gap(each) > gap(groups) ? each : groups;
        }
        return groups;
    }

    /** The largest gap: 4 and more speaks for groups apart from each other. */
    public double gap() {
        return gap(groups());
    }

    /**
     * To which of so many groups each map belongs, 0 and up: k-means in the embedding of as many eigenvectors.
     *
     * @param groups at least 2, at most the number of eigenvalues
     */
    public int[] clusters(int groups) {
        double[][] points = Arrays.stream(embedding)
                .map(point -> normalised(Arrays.copyOf(point, groups)))
                .toArray(double[][]::new);
        return new Clusters(points, groups).assignment();
    }

    private double gap(int groups) {
        return eigenvalues[groups] / (eigenvalues[groups - 1] + NEAR_ZERO);
    }

    private static double[] normalised(double[] point) {
        double square = 0;
        for (double entry : point) {
            square += entry * entry;
        }
        double length = Math.sqrt(square);
        return length == 0
                ? point
                : Arrays.stream(point).map(entry -> entry / length).toArray();
    }

    /** I − D^(−1/2) A D^(−1/2), where A joins each map to its nearest ones, in both directions. */
    private static RealMatrix laplacian(List<Grid> maps) {
        Likeness likeness = new Likeness();
        double[][] vectors = maps.stream().map(likeness::vector).toArray(double[][]::new);
        int count = vectors.length;
        double[][] joined = new double[count][count];
        for (int map = 0; map < count; map++) {
            double[] own = vectors[map];
            int self = map;
            double[] likenesses = Arrays.stream(vectors)
                    .mapToDouble(other -> MapSmoothing.product(own, other))
                    .toArray();
            IntStream.range(0, count)
                    .filter(other -> other != self)
                    .boxed()
                    .sorted(Comparator.comparingDouble(other -> -likenesses[other]))
                    .limit(NEIGHBOURS)
                    .forEach(other -> {
                        joined[self][other] += 0.5;
                        joined[other][self] += 0.5;
                    });
        }
        double[] degrees = Arrays.stream(joined)
                .mapToDouble(row -> Arrays.stream(row).sum())
                .toArray();
        RealMatrix laplacian = MatrixUtils.createRealMatrix(count, count);
        for (int row = 0; row < count; row++) {
            for (int column = 0; column < count; column++) {
                double share = joined[row][column] / Math.sqrt(degrees[row] * degrees[column]);
                laplacian.setEntry(row, column, (row == column ? 1 : 0) - share);
            }
        }
        return laplacian;
    }
}
