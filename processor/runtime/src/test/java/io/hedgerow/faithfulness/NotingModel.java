package io.hedgerow.faithfulness;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.ScoreKind;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.device.Batched;
import io.hedgerow.models.ClassLabels;
import io.hedgerow.models.ExplainableModel;
import io.hedgerow.models.MethodInfo;
import io.hedgerow.models.ScoreKinds;
import io.hedgerow.preprocess.Preprocessing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Notes what it is asked; scores class 1 by the sum of squares, 3 · 64 · 200² of the whole picture. */
final class NotingModel implements ExplainableModel {
    static final float WHOLE = 3 * 64 * 200 * 200;

    final List<AttributionRequest> explained = new ArrayList<>();
    final List<AttributionRequest> scored = new ArrayList<>();

    @Nullable
    RuntimeException failure;

    private final TensorSpec spec;

    NotingModel(TensorSpec spec) {
        this.spec = spec;
    }

    static float value(ImageTensor image, int element) {
        return image.spec().type() == ElementType.UINT8
                ? Byte.toUnsignedInt(image.data().get(element))
                : image.data().getFloat(element * Float.BYTES);
    }

    @Override
    public CompletableFuture<Batched<Attribution>> submit(AttributionRequest request) {
        explained.add(request);
        return CompletableFuture.failedFuture(new AssertionError("nothing is to be explained"));
    }

    @Override
    public CompletableFuture<Batched<Attribution>> submitNext(AttributionRequest request) {
        scored.add(request);
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        float score = 0;
        for (int element = 0; element < spec.elements(); element++) {
            score += value(request.image(), element) * value(request.image(), element);
        }
        return CompletableFuture.completedFuture(new Batched<>(
                new Attribution(
                        new float[] {0, score},
                        new float[] {0, 1},
                        new int[0],
                        new float[0][],
                        1,
                        1,
                        MapTransform.IDENTITY),
                1,
                0,
                0,
                0));
    }

    @Override
    public String name() {
        return "noting";
    }

    @Override
    public String version() {
        return "";
    }

    @Override
    public String sha256() {
        return "a".repeat(64);
    }

    @Override
    public TensorSpec input() {
        return spec;
    }

    @Override
    public Preprocessing preprocessing() {
        return Preprocessing.defaults();
    }

    @Override
    public int classes() {
        return 2;
    }

    @Override
    public ClassLabels labels() {
        return new ClassLabels(List.of());
    }

    @Override
    public float defaultRatio(MethodInfo method) {
        return 1;
    }

    @Override
    public ScoreKinds scoreKinds() {
        return ScoreKinds.of(ScoreKind.LOGIT);
    }

    @Override
    public List<MethodInfo> methods() {
        return List.of(new MethodInfo("test", "1", "none", MethodInfo.Precision.FLOAT32));
    }
}
