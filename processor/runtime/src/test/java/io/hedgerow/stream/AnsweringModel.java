package io.hedgerow.stream;

import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.compiler.runtime.ScoreKind;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.device.Batched;
import io.hedgerow.models.ClassLabels;
import io.hedgerow.models.ExplainableModel;
import io.hedgerow.models.MethodInfo;
import io.hedgerow.models.ScoreKinds;
import io.hedgerow.preprocess.Preprocessing;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A model that answers as a test tells it to. */
record AnsweringModel(List<String> names, Function<AttributionRequest, CompletableFuture<Batched<Attribution>>> answer)
        implements ExplainableModel {
    AnsweringModel(Function<AttributionRequest, CompletableFuture<Batched<Attribution>>> answer) {
        this(List.of(), answer);
    }

    @Override
    public String name() {
        return Events.MODEL;
    }

    @Override
    public String version() {
        return "";
    }

    @Override
    public String sha256() {
        return "1".repeat(64);
    }

    @Override
    public TensorSpec input() {
        return Events.INPUT;
    }

    @Override
    public Preprocessing preprocessing() {
        return Preprocessing.defaults();
    }

    @Override
    public int classes() {
        return Events.CLASSES;
    }

    @Override
    public ClassLabels labels() {
        return new ClassLabels(names);
    }

    @Override
    public float defaultRatio(MethodInfo method) {
        return 1;
    }

    @Override
    public ScoreKinds scoreKinds() {
        return ScoreKinds.of(ScoreKind.PROBABILITY);
    }

    @Override
    public List<MethodInfo> methods() {
        return List.of(
                new MethodInfo("test", "1", "none", MethodInfo.Precision.FLOAT32),
                new MethodInfo("other", "7", "none", MethodInfo.Precision.FLOAT32));
    }

    @Override
    public CompletableFuture<Batched<Attribution>> submit(AttributionRequest request) {
        return answer.apply(request);
    }
}
