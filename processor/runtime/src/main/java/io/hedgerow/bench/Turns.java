package io.hedgerow.bench;

import java.util.ArrayList;
import java.util.List;

/** Two streams on the same devices, of which one rests while the other one is measured. Single-threaded. */
record Turns(RestingStream plain, RestingStream other) {
    /**
     * What both have reached.
     *
     * @param otherToPlain the quotient
     */
    record Pair(double plainPerSecond, double otherPerSecond, Quotient otherToPlain) {
        /** The medians of several. */
        static Pair median(List<Pair> pairs) {
            return new Pair(
                    Medians.of(pairs, Pair::plainPerSecond),
                    Medians.of(pairs, Pair::otherPerSecond),
                    Quotient.median(pairs.stream().map(Pair::otherToPlain).toList()));
        }
    }

    /** What is done with two streams. */
    @FunctionalInterface
    interface Taking {
        void take(Turns turns) throws InterruptedException;
    }

    /** Streams until the virtual machine has compiled both ways: what is compiled for one alone is compiled again for the other. */
    void warmUp(List<byte[]> encoded, int images) throws InterruptedException {
        WarmUp.run(images, count -> pair(encoded, count / 2, false));
    }

    /** Measures as many pairs as are wanted. */
    Pair measure(List<byte[]> encoded, Load load) throws InterruptedException {
        warmUp(encoded, 2 * Math.min(WarmUp.IMAGES, load.images()));
        List<Pair> pairs = new ArrayList<>();
        for (int pair = 0; pair < load.pairs(); pair++) {
            // Whoever comes second finds a warmer machine.
            pairs.add(pair(encoded, load.images(), pair % 2 == 1));
        }
        return Pair.median(pairs);
    }

    private Pair pair(List<byte[]> encoded, int images, boolean isOtherFirst) {
        DeviceRate first = (isOtherFirst ? other : plain).rate(encoded, images);
        DeviceRate second = (isOtherFirst ? plain : other).rate(encoded, images);
        DeviceRate plainRate = isOtherFirst ? second : first;
        DeviceRate otherRate = isOtherFirst ? first : second;
        return new Pair(plainRate.perSecond(), otherRate.perSecond(), Quotient.of(otherRate, plainRate));
    }
}
