package io.hedgerow.bench;

import java.util.List;
import java.util.Map;

/** A measured process whose stream rests (KIP-834) until it is to be measured, so that several can take turns. Single-threaded. */
final class RestingStream implements AutoCloseable {
    private final List<WatchedDevice> devices;
    private final Measurement run;

    /**
     * Starts a process.
     *
     * @param settings lines of hedgerow.yaml
     * @param encoded values of input records
     */
    RestingStream(
            Measured measured,
            List<WatchedDevice> devices,
            Map<String, String> settings,
            int partitions,
            List<byte[]> encoded)
            throws Exception {
        this.devices = devices;
        run = new Measurement(measured.on(devices), settings, partitions, encoded, partitions);
        try {
            run.start();
            run.awaitExplanations(partitions);
        } catch (Exception | Error e) {
            run.close();
            throw e;
        }
        run.pause();
        var unused = WatchedDevice.rate(devices, 0);
    }

    /**
     * Streams so many more events, none of which is left over.
     *
     * @return what the devices reached
     */
    DeviceRate rate(List<byte[]> encoded, int images) throws Exception {
        run.topics().fill(encoded, images);
        run.resume();
        long firstNanos = run.awaitExplanations(images);
        run.pause();
        return WatchedDevice.rate(devices, firstNanos);
    }

    @Override
    public void close() throws Exception {
        run.close();
    }
}
