package io.hedgerow.models;

import ai.djl.translate.TranslateException;
import io.hedgerow.attribution.MapTransform;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.Precision;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.compiler.runtime.CompiledModel;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.OutputKinds;
import io.hedgerow.compiler.runtime.ScoreKind;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.device.BatchLimits;
import io.hedgerow.device.BatchSizeTuner;
import io.hedgerow.device.Batched;
import io.hedgerow.device.Batcher;
import io.hedgerow.device.DeviceException;
import io.hedgerow.device.DeviceGuard;
import io.hedgerow.device.DeviceHealth;
import io.hedgerow.device.DeviceMemoryException;
import io.hedgerow.engine.TensorFlowDevice;
import io.hedgerow.preprocess.Preprocessing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model on a device with a batcher of its own. Thread-safe. */
public final class LoadedModel implements ExplainableModel, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoadedModel.class);

    private final ModelSource source;
    private final CompiledModel model;
    private final DeviceGuard guard;
    private final ExplanationInfo info;
    private final List<MethodInfo> methods;
    private final ClassLabels labels;
    private final BatchLimits limits;
    private final KnownBatch known;
    private final BatchSizeTuner atStart;
    private final boolean isRemembered;
    /** Held by whoever computes; the model isn't thread-safe. */
    private final ReentrantLock computing = new ReentrantLock();

    private volatile long idleSince = System.nanoTime();
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
        this.limits = limits;
        this.known = known;
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
        this.guard = new DeviceGuard(
                model::apply, device.toString(), blank(methods.get(0).name()));
        BatchSizeTuner before = isTrusted ? known.read() : null;
        this.isRemembered = before != null && fits(before.size());
        this.atStart = before != null && isRemembered ? before : found(limits.size(), this::run);
        for (MethodInfo further : methods.subList(1, methods.size())) {
            // planned now, or the first event that names it would wait for that
            var unused = run(1, further.name());
        }
        this.batcher = new Batcher<>(
                device.toString(),
                this::compute,
                request -> request.image().spec().bytes(),
                limits.withSize(atStart.size()));
    }

    @Override
    public DeviceHealth health() {
        return batcher.health();
    }

    /** What a batch of the size that is fastest reached at warm-up, or at that of an earlier start. */
    public double imagesPerSecond() {
        return atStart.imagesPerSecond();
    }

    /** Whether nothing has been computed for so long, and nothing waits. */
    boolean hasBeenIdle(Duration time) {
        return batcher.queued() == 0 && !computing.isLocked() && System.nanoTime() - idleSince > time.toNanos();
    }

    /** Waits until a device has nothing to do. */
    @FunctionalInterface
    interface Quiet {
        void await() throws IOException;
    }

    /** If this began with the batch size of an earlier start, tries sizes anew, and keeps to what is found. */
    void retry(Quiet quiet) throws IOException {
        if (!isRemembered) {
            return;
        }
        // A batch that has to wait for a trial is not to seem hung.
        double patience = limits.timeLimit().toMillis() / 1e3 / 4;
        int most = (int) Math.max(1, Math.min(limits.size(), patience * atStart.imagesPerSecond()));
        BatchSizeTuner found = found(most, images -> {
            quiet.await();
            return run(images);
        });
        if (found.size() != atStart.size()) {
            LOG.info(
                    "Batches of {} take at most {} images from now on instead of {}",
                    source.name(),
                    found.size(),
                    atStart.size());
            batcher.limit(found.size());
        }
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

    /** Plans and allocates. */
    private boolean fits(int batch) throws IOException {
        try {
            var unused = run(batch);
            return true;
        } catch (DeviceMemoryException e) {
            LOG.info("Batches of {} no longer take {} images: {}", source.name(), batch, e.getMessage());
            return false;
        }
    }

    private BatchSizeTuner found(int most, BatchSizeTuner.Trial trial) throws IOException {
        BatchSizeTuner found = BatchSizeTuner.upTo(most, trial);
        known.write(found);
        if (found.outOfMemory() != null) {
            LOG.warn(
                    "Batches of {} take at most {} images: {}",
                    source.name(),
                    found.size(),
                    found.outOfMemory().getMessage());
        } else if (found.size() < most) {
            LOG.info("Batches of {} take at most {} images: more at once are slower", source.name(), found.size());
        }
        return found;
    }

    private List<Attribution> compute(List<AttributionRequest> requests) throws TranslateException {
        computing.lock();
        try {
            return guard.apply(requests);
        } finally {
            idleSince = System.nanoTime();
            computing.unlock();
        }
    }

    /** Seconds that a batch takes by the first method. */
    private double run(int batch) throws IOException {
        return run(batch, methods.get(0).name());
    }

    private double run(int batch, String method) throws IOException {
        long start = System.nanoTime();
        try {
            compute(Collections.nCopies(batch, blank(method)));
            return (System.nanoTime() - start) / 1e9;
        } catch (DeviceMemoryException e) {
            if (batch == 1) {
                throw new IOException("the model " + source.name() + " does not fit: " + e.getMessage(), e);
            }
            throw e;
        } catch (DeviceException | TranslateException | ArithmeticException e) {
            throw new IOException("the model " + source.name() + " does not run: " + e.getMessage(), e);
        }
    }

    private AttributionRequest blank(String method) {
        TensorSpec spec = model.input();
        ByteBuffer pixels = ByteBuffer.allocate(spec.bytes()).order(ByteOrder.nativeOrder());
        return new AttributionRequest(
                new ImageTensor(pixels, spec, MapTransform.IDENTITY),
                new int[] {AttributionRequest.TOP},
                Map.of(ModelSource.RATIO, source.ratio()),
                method);
    }
}
