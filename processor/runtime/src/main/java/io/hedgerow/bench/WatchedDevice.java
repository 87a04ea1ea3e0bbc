package io.hedgerow.bench;

import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.device.Batched;
import io.hedgerow.device.DeviceHealth;
import io.hedgerow.models.ClassLabels;
import io.hedgerow.models.ExplainableModel;
import io.hedgerow.models.Explainer;
import io.hedgerow.models.MethodInfo;
import io.hedgerow.models.ScoreKinds;
import io.hedgerow.models.UnknownModelException;
import io.hedgerow.preprocess.Preprocessing;
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

    private record Model(ExplainableModel watched, BatchLog log) implements ExplainableModel {
        @Override
        public CompletableFuture<Batched<Attribution>> submit(AttributionRequest request) {
            CompletableFuture<Batched<Attribution>> future = watched.submit(request);
            var unused = future.thenAccept(log::add);
            return future;
        }

        @Override
        public CompletableFuture<Batched<Attribution>> submitNext(AttributionRequest request) {
            return watched.submitNext(request);
        }

        @Override
        public String name() {
            return watched.name();
        }

        @Override
        public String version() {
            return watched.version();
        }

        @Override
        public String sha256() {
            return watched.sha256();
        }

        @Override
        public TensorSpec input() {
            return watched.input();
        }

        @Override
        public Preprocessing preprocessing() {
            return watched.preprocessing();
        }

        @Override
        public int classes() {
            return watched.classes();
        }

        @Override
        public ClassLabels labels() {
            return watched.labels();
        }

        @Override
        public float defaultRatio(MethodInfo method) {
            return watched.defaultRatio(method);
        }

        @Override
        public ScoreKinds scoreKinds() {
            return watched.scoreKinds();
        }

        @Override
        public List<String> leftOut() {
            return watched.leftOut();
        }

        @Override
        public List<MethodInfo> methods() {
            return watched.methods();
        }

        @Override
        public DeviceHealth health() {
            return watched.health();
        }
    }
}
