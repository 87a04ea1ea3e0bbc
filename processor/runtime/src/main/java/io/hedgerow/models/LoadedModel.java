package io.hedgerow.models;

import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.Precision;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.compiler.runtime.CompiledModel;
import io.hedgerow.compiler.runtime.OutputKinds;
import io.hedgerow.compiler.runtime.ScoreKind;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.device.BatchLimits;
import io.hedgerow.device.Batched;
import io.hedgerow.device.Batcher;
import io.hedgerow.device.DeviceHealth;
import io.hedgerow.engine.TensorFlowDevice;
import io.hedgerow.preprocess.Preprocessing;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A model on a device with a batcher of its own. Thread-safe. */
public final class LoadedModel implements ExplainableModel, AutoCloseable {
    private final ModelSource source;
    private final CompiledModel model;
    private final ComputingModel computing;
    private final ExplanationInfo info;
    private final List<MethodInfo> methods;
    private final ClassLabels labels;
    private final BatchSizes sizes;
    private final Batcher<AttributionRequest, Attribution> batcher;

    /**
     * Warms the model up; it is closed with this.
     *
     * @param known keeps what is found
     * @param isTrusted whether what was found before will do for a start
     */
    LoadedModel(
            ModelSource source,
            CompiledModel model,
            TensorFlowDevice device,
            BatchLimits limits,
            KnownBatch known,
            boolean isTrusted)
            throws IOException {
        this.source = source;
        this.model = model;
        this.info = model.info();
        this.methods = info.methods().stream()
                .map(method -> new MethodInfo(
                        method.name(),
                        method.version(),
                        info.referenceLayer(),
                        precision(info.precision()),
                        method.parameters()))
                .toList();
        this.labels = new ClassLabels(source.settings().labels());
        this.computing =
                new ComputingModel(source, model, device, methods.get(0).name());
        this.sizes = new BatchSizes(source.name(), computing, limits, known, isTrusted);
        for (MethodInfo further : methods.subList(1, methods.size())) {
            // planned now, or the first event that names it would wait for that
            var unused = computing.seconds(1, further.name());
        }
        this.batcher = new Batcher<>(
                device.toString(),
                computing::apply,
                request -> request.image().spec().bytes(),
                limits.withSize(sizes.atStart().size()));
    }

    @Override
    public DeviceHealth health() {
        return batcher.health();
    }

    /** What a batch of the size that is fastest reached at warm-up, or at that of an earlier start. */
    public double imagesPerSecond() {
        return sizes.atStart().imagesPerSecond();
    }

    /** Whether nothing has been computed for so long, and nothing waits. */
    boolean hasBeenIdle(Duration time) {
        return batcher.queued() == 0 && computing.hasRested(time);
    }

    /** If this began with the batch size of an earlier start, tries sizes anew, and keeps to what is found. */
    void retry(BatchSizes.Quiet quiet) throws IOException {
        sizes.tried(quiet).ifPresent(batcher::limit);
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public String version() {
        return source.version();
    }

    @Override
    public String sha256() {
        return info.modelSha256();
    }

    @Override
    public TensorSpec input() {
        return model.input();
    }

    @Override
    public Preprocessing preprocessing() {
        return source.settings().input();
    }

    @Override
    public int classes() {
        return info.classes();
    }

    @Override
    public ClassLabels labels() {
        return labels;
    }

    @Override
    public float defaultRatio(MethodInfo method) {
        boolean takesRatio = info.methods().stream()
                .filter(one -> one.name().equals(method.name()))
                .flatMap(one -> one.imageParameters().stream())
                .anyMatch(parameter -> parameter.name().equals(ModelSource.RATIO));
        return takesRatio ? source.ratio() : 0;
    }

    @Override
    public ScoreKinds scoreKinds() {
        ScoreKind output = OutputKinds.of(info.output().kind());
        ScoreKind logged = source.settings().score();
        return new ScoreKinds(output, logged == null ? output : logged, info.scores() == 1);
    }

    @Override
    public List<String> leftOut() {
        return info.unexplained();
    }

    @Override
    public List<MethodInfo> methods() {
        return methods;
    }

    private static MethodInfo.Precision precision(Precision precision) {
        return switch (precision) {
            case FLOAT32 -> MethodInfo.Precision.FLOAT32;
            case BFLOAT16 -> MethodInfo.Precision.BFLOAT16;
        };
    }

    @Override
    public CompletableFuture<Batched<Attribution>> submit(AttributionRequest request) {
        return batcher.submit(request);
    }

    @Override
    public CompletableFuture<Batched<Attribution>> submitNext(AttributionRequest request) {
        return batcher.submitNext(request);
    }

    /** Computes what waits, then frees the device's memory; a hung device keeps it, for freeing would end the process. */
    @Override
    public void close() {
        batcher.close();
        if (!batcher.isHung()) {
            model.close();
        }
    }
}
