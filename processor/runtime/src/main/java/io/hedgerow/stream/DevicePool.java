package io.hedgerow.stream;

import io.hedgerow.models.Explainer;
import java.time.InstantSource;
import java.util.List;

/**
 * Spreads stream threads over devices. A thread stays with its device until that fails or another has two threads fewer: one
 * that failed gets its share again when it is due to be tried. Thread-safe.
 */
final class DevicePool {
    private final List<Explainer> devices;
    private final InstantSource clock;
    private final int[] threads;

    DevicePool(List<? extends Explainer> devices, InstantSource clock) {
        if (devices.isEmpty()) {
            throw new IllegalArgumentException("no device to explain on");
        }
        this.devices = List.copyOf(devices);
        this.clock = clock;
        this.threads = new int[devices.size()];
    }

    /** How many there are. */
    int size() {
        return devices.size();
    }

    /** Whether any device takes requests, or is due to be tried. */
    boolean admits() {
        return devices.stream().anyMatch(this::admits);
    }

    /** A device for a further thread. */
    synchronized Explainer bind() {
        int best = best();
        threads[best]++;
        return devices.get(best);
    }

    /** The device that a thread bound to {@code device} should use from now on. */
    synchronized Explainer rebind(Explainer device) {
        int now = devices.indexOf(device);
        int best = best();
        boolean better = admits(device)
                ? admits(devices.get(best)) && threads[best] + 1 < threads[now]
                : admits(devices.get(best));
        if (better) {
            threads[now]--;
            threads[best]++;
        }
        return better ? devices.get(best) : device;
    }

    /** A thread bound to {@code device} ended. */
    synchronized void unbind(Explainer device) {
        threads[devices.indexOf(device)]--;
    }

    /** Among those that admit requests, or else among all, the one with the fewest threads. */
    private int best() {
        int best = 0;
        for (int i = 1; i < threads.length; i++) {
            boolean admits = admits(devices.get(i));
            if (admits == admits(devices.get(best)) ? threads[i] < threads[best] : admits) {
                best = i;
            }
        }
        return best;
    }

    private boolean admits(Explainer device) {
        return device.health().admits(clock.instant());
    }
}
