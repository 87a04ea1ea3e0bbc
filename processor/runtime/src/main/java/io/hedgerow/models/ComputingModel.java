package io.hedgerow.models;

import ai.djl.translate.TranslateException;
import io.hedgerow.attribution.MapTransform;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.compiler.runtime.CompiledModel;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.device.DeviceException;
import io.hedgerow.device.DeviceGuard;
import io.hedgerow.device.DeviceMemoryException;
import io.hedgerow.engine.TensorFlowDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** A compiled model as it computes: a batch at a time, guarded against its device's faults, and timed if asked. Thread-safe. */
final class ComputingModel {
    private final ModelSource source;
    private final TensorSpec input;
    private final String method;
    private final DeviceGuard guard;
    /** Held by whoever computes; the model isn't thread-safe. */
    private final ReentrantLock computing = new ReentrantLock();

    private volatile long idleSince = System.nanoTime();

    /**
     * Computes nothing yet.
     *
     * @param method its first
     */
    ComputingModel(ModelSource source, CompiledModel model, TensorFlowDevice device, String method) {
        this.source = source;
        this.input = model.input();
        this.method = method;
        this.guard = new DeviceGuard(model::apply, device.toString(), blank(method));
    }

    /** Computes a batch, after what is computed now. */
    List<Attribution> apply(List<AttributionRequest> requests) throws TranslateException {
        computing.lock();
        try {
            return guard.apply(requests);
        } finally {
            idleSince = System.nanoTime();
            computing.unlock();
        }
    }

    /** Whether nothing has been computed for so long. */
    boolean hasRested(Duration time) {
        return !computing.isLocked() && System.nanoTime() - idleSince > time.toNanos();
    }

    /** How long a batch takes by the first method. */
    double seconds(int batch) throws IOException {
        return seconds(batch, method);
    }

    /**
     * How long a batch takes.
     *
     * @throws DeviceMemoryException if it is too much for the device, where a single image is not
     * @throws IOException if the model does not run
     */
    double seconds(int batch, String by) throws IOException {
        long start = System.nanoTime();
        try {
            var unused = apply(Collections.nCopies(batch, blank(by)));
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

    private AttributionRequest blank(String by) {
        ByteBuffer pixels = ByteBuffer.allocate(input.bytes()).order(ByteOrder.nativeOrder());
        return new AttributionRequest(
                new ImageTensor(pixels, input, MapTransform.IDENTITY),
                new int[] {AttributionRequest.TOP},
                Map.of(ModelSource.RATIO, source.ratio()),
                by);
    }
}
