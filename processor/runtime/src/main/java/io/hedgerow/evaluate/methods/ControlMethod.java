package io.hedgerow.evaluate.methods;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.SignedMap;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.evaluate.perturbation.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** Maps that know nothing of the model. */
public enum ControlMethod implements Method {
    /** A Gaussian of a quarter of the side around the middle: objects are often there. */
    CENTRE {
        @Override
        float[] values(TensorSpec spec, long seed) {
            float[] values = new float[spec.height() * spec.width()];
            for (int i = 0; i < values.length; i++) {
                int row = i / spec.width();
                double x = (i % spec.width() + 0.5) / spec.width() - 0.5;
                double y = (row + 0.5) / spec.height() - 0.5;
                values[i] = (float) Math.exp(-(x * x + y * y) / (2 * SIGMA * SIGMA));
            }
            return values;
        }
    },
    /** Every pixel a number of its own from 0 to 1, the same each time for the same picture. */
    RANDOM {
        @Override
        float[] values(TensorSpec spec, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            float[] values = new float[spec.height() * spec.width()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble();
            }
            return values;
        }
    },
    /** All pixels the same: what a class's area alone gives. */
    UNIFORM {
        @Override
        float[] values(TensorSpec spec, long seed) {
            float[] values = new float[spec.height() * spec.width()];
            Arrays.fill(values, 1);
            return values;
        }
    };

    private static final double SIGMA = 0.25;

    abstract float[] values(TensorSpec spec, long seed);

    @Override
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public Map<String, Object> parameters() {
        return this == CENTRE ? Map.of("sigma", SIGMA) : Map.of();
    }

    @Override
    public boolean isControl() {
        return true;
    }

    @Override
    public List<Explained> explain(List<Subject> subjects) {
        List<Explained> explained = new ArrayList<>();
        SignedMap map = null;
        for (Subject subject : subjects) {
            // but for the random one, all of them are alike
            map = map == null || this == RANDOM ? map(subject) : map;
            explained.add(new Explained(Collections.nCopies(subject.classes().length, map), null));
        }
        return explained;
    }

    private SignedMap map(Subject subject) {
        TensorSpec spec = subject.tensor().spec();
        return new SignedMap(values(spec, subject.seed()), spec.height(), spec.width(), MapTransform.IDENTITY);
    }
}
