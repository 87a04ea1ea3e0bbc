package io.hedgerow.demo;

import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.device.Batched;
import io.hedgerow.device.DeviceHealth;
import io.hedgerow.models.ClassLabels;
import io.hedgerow.models.ExplainableModel;
import io.hedgerow.models.MethodInfo;
import io.hedgerow.models.ScoreKinds;
import io.hedgerow.preprocess.Preprocessing;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** A model whose maps have their cells shuffled: they say nothing any more, while its scores are as ever. */
record ShuffledMaps(ExplainableModel model) implements ExplainableModel {
    @Override
    public CompletableFuture<Batched<Attribution>> submit(AttributionRequest request) {
        return model.submit(request)
                .thenApply(batched -> new Batched<>(
                        disordered(batched.value()),
                        batched.batchSize(),
                        batched.queueNanos(),
                        batched.computeNanos(),
                        batched.endNanos()));
    }

    @Override
    public CompletableFuture<Batched<Attribution>> submitNext(AttributionRequest request) {
        return model.submitNext(request);
    }

    private Attribution disordered(Attribution attribution) {
        float[][] maps =
                Arrays.stream(attribution.maps()).map(ShuffledMaps::shuffled).toArray(float[][]::new);
        return new Attribution(
                attribution.scores(),
                attribution.predictions(),
                attribution.classes(),
                maps,
                attribution.mapHeight(),
                attribution.mapWidth(),
                attribution.toTensor());
    }

    private static float[] shuffled(float[] map) {
        float[] shuffled = map.clone();
        Random random = new Random(Arrays.hashCode(map));
        for (int at = shuffled.length - 1; at > 0; at--) {
            int other = random.nextInt(at + 1);
            float cell = shuffled[at];
            shuffled[at] = shuffled[other];
            shuffled[other] = cell;
        }
        return shuffled;
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
}
