package io.hedgerow.compiler.gradient;

import java.util.Arrays;

/** Rules of layer-wise relevance in double precision, contribution by contribution. */
final class Share {
    private Share() {}

    /** What an input adds to an output. */
    private interface Contribution {
        double of(double x, double weight);
    }

    /** z⁺: by what is positive of x·w, the bias taking its own share. */
    static double[] positive(
            double[] x,
            int height,
            int width,
            int channels,
            double[] kernel,
            double[] bias,
            int stride,
            double[] relevance) {
        double[] taken = Arrays.stream(bias).map(value -> Math.max(0, value)).toArray();
        return shared(
                x, height, width, channels, kernel, taken, stride, relevance, (value, w) -> Math.max(0, value * w));
    }

    static double[] flat(
            double[] x, int height, int width, int channels, double[] kernel, int outputs, double[] relevance) {
        return shared(x, height, width, channels, kernel, new double[outputs], 1, relevance, (value, w) -> 1);
    }

    /** By x·w − l·w⁺ − h·w⁻, l and h the smallest and the largest of x. */
    static double[] bounded(
            double[] x, int height, int width, int channels, double[] kernel, int outputs, double[] relevance) {
        double low = Arrays.stream(x).min().orElseThrow();
        double high = Arrays.stream(x).max().orElseThrow();
        return shared(
                x,
                height,
                width,
                channels,
                kernel,
                new double[outputs],
                1,
                relevance,
                (value, w) -> value * w - low * Math.max(0, w) - high * Math.min(0, w));
    }

    private static double[] shared(
            double[] x,
            int height,
            int width,
            int channels,
            double[] kernel,
            double[] taken,
            int stride,
            double[] relevance,
            Contribution contribution) {
        int outputs = taken.length;
        int columns = width / stride;
        int before = stride == 1 ? 1 : 0;
        double[] shared = new double[x.length];
        for (int i = 0; i < relevance.length; i++) {
            int output = i % outputs;
            int column = i / outputs % columns * stride - before;
            int row = i / outputs / columns * stride - before;
            double sum = taken[output];
            // first what they sum to, then what each takes
            for (int pass = 0; pass < 2; pass++) {
                for (int tap = 0; tap < DoubleNet.KERNEL * DoubleNet.KERNEL; tap++) {
                    int r = row + tap / DoubleNet.KERNEL;
                    int c = column + tap % DoubleNet.KERNEL;
                    for (int channel = 0;
                            channel < channels && r >= 0 && r < height && c >= 0 && c < width;
                            channel++) {
                        int from = (r * width + c) * channels + channel;
                        double part = contribution.of(x[from], kernel[(tap * channels + channel) * outputs + output]);
                        if (pass == 0) {
                            sum += part;
                        } else if (sum != 0) {
                            shared[from] += part / sum * relevance[i];
                        }
                    }
                }
            }
        }
        return shared;
    }

    /** Of 2 × 2 the largest takes all, of equals the first. */
    static double[] winner(double[] x, int height, int width, int channels, double[] relevance) {
        double[] shared = new double[height * width * channels];
        for (int i = 0; i < relevance.length; i++) {
            int corner =
                    (i / channels / (width / 2) * 2 * width + i / channels % (width / 2) * 2) * channels + i % channels;
            int best = corner;
            for (int other :
                    new int[] {corner + channels, corner + width * channels, corner + (width + 1) * channels}) {
                best = x[other] > x[best] ? other : best;
            }
            shared[best] += relevance[i];
        }
        return shared;
    }
}
