package io.hedgerow.demo;

import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.device.Batched;
import io.hedgerow.models.ExplainableModel;
import io.hedgerow.models.ForwardingModel;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** A model whose maps have their cells shuffled: they say nothing any more, while its scores are as ever. */
final class ShuffledMaps extends ForwardingModel {
    ShuffledMaps(ExplainableModel model) {
        super(model);
    }

    @Override
    public CompletableFuture<Batched<Attribution>> submit(AttributionRequest request) {
        return super.submit(request)
                .thenApply(batched -> new Batched<>(
                        disordered(batched.value()),
                        batched.batchSize(),
                        batched.queueNanos(),
                        batched.computeNanos(),
                        batched.endNanos()));
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
}
