package io.hedgerow.bench;

import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.device.Batched;
import io.hedgerow.device.DeviceHealth;
import io.hedgerow.models.ExplainableModel;
import io.hedgerow.models.Explainer;
import io.hedgerow.models.ForwardingModel;
import io.hedgerow.models.UnknownModelException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A device whose batches are written down. Thread-safe. */
final class WatchedDevice implements Explainer {
    private final Explainer device;
    private final BatchLog log = new BatchLog();
    private final Map<ExplainableModel, ExplainableModel> models = new ConcurrentHashMap<>();

    WatchedDevice(Explainer device) {
        this.device = device;
    }

    static List<WatchedDevice> all(List<? extends Explainer> devices) {
        return devices.stream().map(WatchedDevice::new).toList();
    }

    /** What these devices reached from a moment, by {@link System#nanoTime()}, to now; forgets it. */
    static DeviceRate rate(List<WatchedDevice> devices, long fromNanos) {
        DeviceRate rate = DeviceRate.of(
                devices.stream().map(device -> device.log.batches()).toList(), fromNanos);
        devices.forEach(device -> device.log.clear());
        return rate;
    }

    @Override
    public String device() {
        return device.device();
    }

    @Override
    public DeviceHealth health() {
        return device.health();
    }

    @Override
    public ExplainableModel find(String name, @Nullable String version) throws UnknownModelException {
        return models.computeIfAbsent(device.find(name, version), model -> new Model(model, log));
    }

    private static final class Model extends ForwardingModel {
        private final BatchLog log;

        Model(ExplainableModel watched, BatchLog log) {
            super(watched);
            this.log = log;
        }

        @Override
        public CompletableFuture<Batched<Attribution>> submit(AttributionRequest request) {
            CompletableFuture<Batched<Attribution>> future = super.submit(request);
            var unused = future.thenAccept(log::add);
            return future;
        }
    }
}
