package io.hedgerow.compiler.gradient;

import io.hedgerow.compiler.method.Method;
import io.hedgerow.compiler.method.Samples;
import java.util.Optional;

/** A method by the mean gradient at so many pictures made of the one that is explained. */
abstract class SampledMethod implements Method, Samples {
    private final int count;

    SampledMethod(int count) {
        this.count = count;
    }

    @Override
    public final boolean takesInputGradients() {
        return true;
    }

    @Override
    public final Optional<Samples> samples() {
        return Optional.of(this);
    }

    @Override
    public final int count() {
        return count;
    }
}
