package io.hedgerow.bench;

import io.hedgerow.ModelRef;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.device.BatchLimits;
import io.hedgerow.engine.TensorFlowDevice;
import io.hedgerow.models.ExplainableModel;
import io.hedgerow.models.Explainer;
import io.hedgerow.models.LoadedModel;
import io.hedgerow.models.ModelRepository;
import io.hedgerow.models.ModelSource;
import io.hedgerow.models.ModelTable;
import io.hedgerow.preprocess.Preprocessing;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One model on the devices that are measured. */
public final class BenchDevices implements AutoCloseable {
    private static final TensorSpec SIMULATED_INPUT = new TensorSpec(224, 224, 3, ElementType.UINT8);
    private static final int SIMULATED_CLASSES = 10;

    private final List<ExplainableModel> models = new ArrayList<>();
    private final List<Runnable> closing = new ArrayList<>();
    private double imagesPerSecond;

    private BenchDevices() {}

    /** A model on this machine's CPU. */
    public static BenchDevices of(ModelRepository repository, ModelSource source, BatchLimits limits)
            throws IOException {
        LoadedModel model = repository.load(source, TensorFlowDevice.CPU, limits);
        BenchDevices devices = new BenchDevices();
        devices.models.add(model);
        devices.closing.add(model::close);
        devices.imagesPerSecond = model.imagesPerSecond();
        return devices;
    }

    /** Devices that only take their time. */
    public static BenchDevices simulated(int count, Duration perBatch, Duration perImage, BatchLimits limits) {
        BenchDevices devices = new BenchDevices();
        for (int i = 0; i < count; i++) {
            devices.addSimulated(SIMULATED_INPUT, perBatch, perImage, limits);
        }
        devices.imagesPerSecond = limits.size()
                * 1e9
                / perBatch.plus(perImage.multipliedBy(limits.size())).toNanos();
        return devices;
    }

    /** As many devices that take no time, for images of the same shape. */
    public BenchDevices instant(BatchLimits limits) {
        BenchDevices devices = new BenchDevices();
        for (int i = 0; i < models.size(); i++) {
            devices.addSimulated(input(), Duration.ZERO, Duration.ZERO, limits);
        }
        devices.imagesPerSecond = imagesPerSecond;
        return devices;
    }

    private void addSimulated(TensorSpec input, Duration perBatch, Duration perImage, BatchLimits limits) {
        SimulatedModel model = new SimulatedModel(
                "simulated",
                input,
                Preprocessing.defaults(),
                Math.min(SIMULATED_CLASSES, input.height()),
                perBatch,
                perImage,
                limits);
        models.add(model);
        closing.add(model::close);
    }

    /** One for each device. */
    public List<Explainer> explainers() {
        List<Explainer> explainers = new ArrayList<>();
        for (ExplainableModel model : models) {
            explainers.add(new ModelTable("device:" + explainers.size(), List.of(model)));
        }
        return explainers;
    }

    /** What one device reaches with full batches. */
    public double imagesPerSecond() {
        return imagesPerSecond;
    }

    /** What is measured of them. */
    public Measured measured(MeasuredCluster cluster) {
        return new Measured(cluster, explainers(), imagesPerSecond);
    }

    public TensorSpec input() {
        return models.get(0).input();
    }

    public ModelRef reference() {
        return new ModelRef(models.get(0).name(), models.get(0).version());
    }

    @Override
    public void close() {
        closing.forEach(Runnable::run);
    }
}
