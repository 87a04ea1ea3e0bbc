package io.hedgerow.models;

import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.device.Batched;
import io.hedgerow.device.DeviceHealth;
import io.hedgerow.preprocess.Preprocessing;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A model that hands everything on to another: its subclasses change a part of that, such as what they measure. Thread-safe. */
public abstract class ForwardingModel implements ExplainableModel {
    private final ExplainableModel model;

    /** Takes the other model. */
    protected ForwardingModel(ExplainableModel model) {
        this.model = model;
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
    public List<String> leftOut() {
        return model.leftOut();
    }

    @Override
    public List<MethodInfo> methods() {
        return model.methods();
    }

    @Override
    public DeviceHealth health() {
        return model.health();
    }

    @Override
    public CompletableFuture<Batched<Attribution>> submit(AttributionRequest request) {
        return model.submit(request);
    }

    @Override
    public CompletableFuture<Batched<Attribution>> submitNext(AttributionRequest request) {
        return model.submitNext(request);
    }
}
