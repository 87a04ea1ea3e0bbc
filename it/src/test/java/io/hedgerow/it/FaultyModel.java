package io.hedgerow.it;

import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.device.BatchLimits;
import io.hedgerow.device.Batched;
import io.hedgerow.device.Batcher;
import io.hedgerow.device.DeviceHealth;
import io.hedgerow.models.ExplainableModel;
import io.hedgerow.models.ForwardingModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Another model on a device of its own, which a fault strikes before each batch. */
final class FaultyModel extends ForwardingModel implements AutoCloseable {
    /** What may befall a batch: it can block, or throw. */
    interface Fault {
        void strike(int images) throws Exception;
    }

    private final Fault fault;
    private final Batcher<AttributionRequest, Attribution> batcher;

    FaultyModel(ExplainableModel model, BatchLimits limits, Fault fault) {
        super(model);
        this.fault = fault;
        this.batcher = new Batcher<>("faulty", this::compute, request -> 1, limits);
    }

    private List<Attribution> compute(List<AttributionRequest> requests) throws Exception {
        fault.strike(requests.size());
        List<CompletableFuture<Batched<Attribution>>> submitted =
                requests.stream().map(super::submit).toList();
        List<Attribution> attributions = new ArrayList<>();
        for (CompletableFuture<Batched<Attribution>> one : submitted) {
            attributions.add(one.get().value());
        }
        return attributions;
    }

    @Override
    public CompletableFuture<Batched<Attribution>> submit(AttributionRequest request) {
        return batcher.submit(request);
    }

    @Override
    public DeviceHealth health() {
        return batcher.health();
    }

    @Override
    public void close() {
        batcher.close();
    }
}
