package io.hedgerow.topology;

import io.hedgerow.explain.Attribution;
import io.hedgerow.explain.AttributionRequest;
import io.hedgerow.explain.Batched;
import io.hedgerow.explain.ClassLabels;
import io.hedgerow.explain.ExplainableModel;
import io.hedgerow.explain.MethodInfo;
import io.hedgerow.explain.ScoreKinds;
import io.hedgerow.image.Preprocessing;
import io.hedgerow.image.ScoreKind;
import io.hedgerow.image.TensorSpec;
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
    public float defaultRatio() {
        return 1;
    }

    @Override
    public ScoreKinds scoreKinds() {
        return ScoreKinds.of(ScoreKind.PROBABILITY);
    }

    @Override
    public MethodInfo method() {
        return new MethodInfo("test", "1", "none", MethodInfo.Precision.FLOAT32);
    }

    @Override
    public CompletableFuture<Batched<Attribution>> submit(AttributionRequest request) {
        return answer.apply(request);
    }
}
