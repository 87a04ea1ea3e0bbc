package io.hedgerow.it;

import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.device.BatchLimits;
import io.hedgerow.device.Batched;
import io.hedgerow.device.Batcher;
import io.hedgerow.models.ClassLabels;
import io.hedgerow.models.ExplainableModel;
import io.hedgerow.models.MethodInfo;
import io.hedgerow.models.ScoreKinds;
import io.hedgerow.preprocess.Preprocessing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Another model on a device of its own, which a fault strikes before each batch. */
final class FaultyModel implements ExplainableModel, AutoCloseable {
    /** What may befall a batch: it can block, or throw. */
    interface Fault {
        void strike(int images) throws Exception;
    }

    private final ExplainableModel model;
    private final Fault fault;
    private final Batcher<AttributionRequest, Attribution> batcher;

    FaultyModel(ExplainableModel model, BatchLimits limits, Fault fault) {
        this.model = model;
        this.fault = fault;
        this.batcher = new Batcher<>("faulty", this::compute, request -> 1, limits);
    }

    private List<Attribution> compute(List<AttributionRequest> requests) throws Exception {
        fault.strike(requests.size());
        List<CompletableFuture<Batched<Attribution>>> submitted =
                requests.stream().map(model::submit).toList();
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
    public String name() {
        return model.name();
    }

    @Override
    public String version() {
        return model.version();
    }

    @Override
    public String sha256() {
        return model.sha256();
    }

    @Override
    public TensorSpec input() {
        return model.input();
    }

    @Override
    public Preprocessing preprocessing() {
        return model.preprocessing();
    }

    @Override
    public int classes() {
        return model.classes();
    }

    @Override
    public ClassLabels labels() {
        return model.labels();
    }

    @Override
    public float defaultRatio(MethodInfo method) {
        return model.defaultRatio(method);
    }

    @Override
    public ScoreKinds scoreKinds() {
        return model.scoreKinds();
    }

    @Override
    public List<MethodInfo> methods() {
        return model.methods();
    }

    @Override
    public void close() {
        batcher.close();
    }
}
