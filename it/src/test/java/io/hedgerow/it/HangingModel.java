package io.hedgerow.it;

import io.hedgerow.explain.Attribution;
import io.hedgerow.explain.AttributionRequest;
import io.hedgerow.explain.Batched;
import io.hedgerow.explain.DeviceTimeoutException;
import io.hedgerow.explain.ExplainableModel;
import io.hedgerow.explain.MethodInfo;
import io.hedgerow.image.Preprocessing;
import io.hedgerow.image.ScoreKind;
import io.hedgerow.image.TensorSpec;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Another model, whose device hangs at times. */
record HangingModel(ExplainableModel model, BooleanSupplier hangs) implements ExplainableModel {
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
    public String label(int index) {
        return model.label(index);
    }

    @Override
    public float defaultRatio() {
        return model.defaultRatio();
    }

    @Override
    public ScoreKind scoreKind() {
        return model.scoreKind();
    }

    @Override
    public MethodInfo method() {
        return model.method();
    }

    @Override
    public CompletableFuture<Batched<Attribution>> submit(AttributionRequest request) {
        return hangs.getAsBoolean()
                ? CompletableFuture.failedFuture(new DeviceTimeoutException("hung"))
                : model.submit(request);
    }
}
