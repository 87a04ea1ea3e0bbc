package io.hedgerow.evaluate.methods;

import ai.djl.translate.TranslateException;
import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.SignedMap;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.compiler.runtime.CompiledModel;
import io.hedgerow.compiler.runtime.Outputs;
import io.hedgerow.evaluate.perturbation.Subject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Gradient hedging with one ratio. */
public final class HedgingMethod implements Method {
    private final String key;
    private final CompiledModel model;
    private final float ratio;

    public HedgingMethod(String key, CompiledModel model, float ratio) {
        this.key = key;
        this.model = model;
        this.ratio = ratio;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public String version() {
        return model.methods().get(0).version();
    }

    @Override
    public Map<String, Object> parameters() {
        return Map.of("ratio", ratio);
    }

    @Override
    public List<Explained> explain(List<Subject> subjects) {
        List<AttributionRequest> requests = new ArrayList<>();
        for (Subject subject : subjects) {
            requests.add(new AttributionRequest(subject.tensor(), subject.classes(), Map.of("ratio", ratio)));
        }
        try {
            return model.apply(requests).stream().map(HedgingMethod::explained).toList();
        } catch (ArithmeticException e) {
            return subjects.size() == 1
                    ? List.of(none(subjects.get(0)))
                    : subjects.stream()
                            .map(subject -> explain(List.of(subject)).get(0))
                            .toList();
        } catch (TranslateException e) {
            throw new IllegalStateException("the model does not run: " + e.getMessage(), e);
        }
    }

    private static Explained explained(Attribution attribution) {
        List<SignedMap> maps = new ArrayList<>();
        for (int k = 0; k < attribution.classes().length; k++) {
            maps.add(attribution.map(k, MapTransform.IDENTITY));
        }
        return new Explained(maps, new Outputs(attribution.predictions(), attribution.scores()));
    }

    private static Explained none(Subject subject) {
        SignedMap nothing = new SignedMap(new float[] {Float.NaN}, 1, 1, MapTransform.IDENTITY);
        return new Explained(Collections.nCopies(subject.classes().length, nothing), null);
    }
}
