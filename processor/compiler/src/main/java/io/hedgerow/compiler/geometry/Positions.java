package io.hedgerow.compiler.geometry;

import io.hedgerow.compiler.api.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Where on one side of the picture each index along an axis comes from: the centre of what it shows, in corner coordinates,
 * or the first and the last centre where it shows several pixels at once. Not a number where there is no picture. Immutable.
 */
final class Positions {
    // RATIONALE: Why is where a map lies computed index by index?
    /** In terms of an index's size. */
    private static final double TOLERANCE = 1e-3;

    private final int side;
    private final double[] low;
    private final double[] high;
    private final double size;

    private Positions(int side, double[] low, double[] high, double size) {
        this.side = side;
        this.low = low;
        this.high = high;
        this.size = size;
    }

    /**
     * The picture's own pixels.
     *
     * @param side which axis of the model's input
     */
    static Positions of(int side, int count) {
        double[] centres = IntStream.range(0, count).mapToDouble(i -> i + 0.5).toArray();
        return new Positions(side, centres, centres, 1);
    }

    int side() {
        return side;
    }

    int count() {
        return low.length;
    }

    /**
     * Some of the indices, in another order.
     *
     * @param indices −1 for what shows no picture
     */
    Positions picked(int[] indices) {
        return picked(indices, 1);
    }

    /** The same, of which each stands for {@code factor} as many. */
    Positions picked(int[] indices, double factor) {
        return new Positions(
                side,
                Arrays.stream(indices)
                        .mapToDouble(i -> i < 0 ? Double.NaN : low[i])
                        .toArray(),
                Arrays.stream(indices)
                        .mapToDouble(i -> i < 0 ? Double.NaN : high[i])
                        .toArray(),
                size * factor);
    }

    /**
     * Resampled.
     *
     * @param centre of what each index samples, in corner coordinates of these; not a number for nothing
     * @param factor how many of these one then stands for
     */
    Positions resampled(int count, IntToDoubleFunction centre, double factor) {
        double[] lows = new double[count];
        double[] highs = new double[count];
        for (int i = 0; i < count; i++) {
            double at = centre.applyAsDouble(i) - 0.5;
            lows[i] = between(low, at);
            highs[i] = between(high, at);
        }
        return new Positions(side, lows, highs, size * factor);
    }

    /** Each index becomes {@code times} smaller ones. */
    Positions divided(int times) {
        return times == 1 ? this : resampled(count() * times, i -> (i + 0.5) / times, 1.0 / times);
    }

    /** Each {@code block} indices become one. */
    Positions blocks(int block) {
        double[] lows = new double[count() / block];
        double[] highs = lows.clone();
        for (int i = 0; i < lows.length; i++) {
            lows[i] = finite(low, i * block, block).min().orElse(Double.NaN);
            highs[i] = finite(high, i * block, block).max().orElse(Double.NaN);
        }
        return new Positions(side, lows, highs, size * block);
    }

    /** These and others after them; empty if they are not of one kind. */
    Optional<Positions> followed(Positions next) {
        return next.side == side && isClose(next.size)
                ? Optional.of(new Positions(side, joined(low, next.low), joined(high, next.high), size))
                : Optional.empty();
    }

    /** What shows both these and others at each index; empty if that is not one place. */
    Optional<Positions> merged(Positions other) {
        if (other.side != side || other.count() != count() || !isClose(other.size)) {
            return Optional.empty();
        }
        double[] lows = new double[count()];
        double[] highs = new double[count()];
        for (int i = 0; i < lows.length; i++) {
            lows[i] = Double.isNaN(low[i]) ? other.low[i] : Math.min(low[i], orElse(other.low[i], low[i]));
            highs[i] = Double.isNaN(high[i]) ? other.high[i] : Math.max(high[i], orElse(other.high[i], high[i]));
            if (highs[i] - lows[i] > size * (1 + TOLERANCE)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Positions(side, lows, highs, size));
    }

    /** Where these lie evenly. */
    List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < count(); ) {
            if (Double.isNaN(middle(i))) {
                i++;
            } else {
                double step = step(i);
                int end = i + 1;
                while (end < count() && Math.abs(middle(end) - middle(i) - (end - i) * step) <= TOLERANCE * size) {
                    end++;
                }
                runs.add(new Run(i, end - i, middle(i), step, size));
                i = end;
            }
        }
        return runs;
    }

    private double step(int index) {
        double step = index + 1 < count() ? middle(index + 1) - middle(index) : size;
        return Math.abs(step) <= TOLERANCE * size ? 0 : Math.copySign(size, step);
    }

    private double middle(int index) {
        return (low[index] + high[index]) / 2;
    }

    private boolean isClose(double other) {
        return Math.abs(other - size) <= TOLERANCE * size;
    }

    /** At a fraction of an index, by the nearest one's side where the other shows nothing. */
    private double between(double[] centres, double at) {
        if (Double.isNaN(at)) {
            return Double.NaN;
        }
        int nearest = (int) Math.max(0, Math.min(count() - 1L, Math.round(at)));
        int toward = at < nearest ? nearest - 1 : nearest + 1;
        double slope = slope(centres, nearest, toward);
        return centres[nearest] + (at - nearest) * slope;
    }

    private double slope(double[] centres, int nearest, int toward) {
        int away = 2 * nearest - toward;
        for (int other : new int[] {toward, away}) {
            if (other >= 0 && other < count() && !Double.isNaN(centres[other])) {
                return (centres[other] - centres[nearest]) / (other - nearest);
            }
        }
        return size;
    }

    private static DoubleStream finite(double[] values, int from, int count) {
        return Arrays.stream(values, from, from + count).filter(value -> !Double.isNaN(value));
    }

    private static double orElse(double value, double otherwise) {
        return Double.isNaN(value) ? otherwise : value;
    }

    private static double[] joined(double[] first, double[] second) {
        double[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
