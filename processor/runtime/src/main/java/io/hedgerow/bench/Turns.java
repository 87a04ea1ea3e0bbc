package io.hedgerow.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Two processes on the same devices, of which one rests while the other one is measured. Both stay open, for starting one takes
 * longer than a machine's speed stays the same. Single-threaded.
 */
final class Turns implements AutoCloseable {
    private final RestingStream plain;
    private final RestingStream other;

    /**
     * Starts both.
     *
     * @param part lines of hedgerow.yaml that the other one has besides
     * @param encoded values of input records
     */
    Turns(Measured measured, Map<String, String> part, int partitions, List<byte[]> encoded) throws Exception {
        List<WatchedDevice> watched = WatchedDevice.all(measured.devices());
        plain = new RestingStream(measured, watched, Map.of(), partitions, encoded);
        try {
            other = new RestingStream(measured, watched, part, partitions, encoded);
        } catch (Exception | Error e) {
            plain.close();
            throw e;
        }
    }

    /** Streams until the virtual machine has compiled both ways: what is compiled for one alone is compiled again for the other. */
    void warmUp(List<byte[]> encoded, int images) throws Exception {
        WarmUp.run(images, count -> pair(encoded, count / 2, false));
    }

    /** Measures as many pairs as are wanted. */
    PairedRates measure(List<byte[]> encoded, Load load) throws Exception {
        warmUp(encoded, 2 * Math.min(WarmUp.IMAGES, load.images()));
        List<PairedRates> pairs = new ArrayList<>();
        for (int pair = 0; pair < load.pairs(); pair++) {
            // Whoever comes second finds a warmer machine.
            pairs.add(pair(encoded, load.images(), pair % 2 == 1));
        }
        return PairedRates.median(pairs);
    }

    private PairedRates pair(List<byte[]> encoded, int images, boolean isOtherFirst) throws Exception {
        DeviceRate first = (isOtherFirst ? other : plain).rate(encoded, images);
        DeviceRate second = (isOtherFirst ? plain : other).rate(encoded, images);
        DeviceRate plainRate = isOtherFirst ? second : first;
        DeviceRate otherRate = isOtherFirst ? first : second;
        return new PairedRates(plainRate.perSecond(), otherRate.perSecond(), Quotient.of(otherRate, plainRate));
    }

    @Override
    public void close() throws Exception {
        try {
            other.close();
        } finally {
            plain.close();
        }
    }
}
