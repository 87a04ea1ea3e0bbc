package io.hedgerow.compiler;

import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.gradient.GradCam;
import io.hedgerow.compiler.gradient.Gradient;
import io.hedgerow.compiler.gradient.GradientTimesInput;
import io.hedgerow.compiler.gradient.IntegratedGradients;
import io.hedgerow.compiler.gradient.SmoothGrad;
import io.hedgerow.compiler.hedging.GradientHedging;
import io.hedgerow.compiler.lrp.LayerwiseRelevance;
import io.hedgerow.compiler.method.Method;
import java.util.List;

/** Every method there is. */
public final class Methods {
    /** The usual one first. */
    private static final List<Method> ALL = List.of(
            new GradientHedging(),
            new GradientTimesInput(),
            new GradCam(),
            new Gradient(),
            new SmoothGrad(),
            new IntegratedGradients(),
            LayerwiseRelevance.flat(),
            LayerwiseRelevance.box());

    private Methods() {}

    /** What they are called, the usual one first. */
    public static List<String> names() {
        return ALL.stream().map(Method::name).toList();
    }

    /**
     * The methods that are asked for, or the usual one.
     *
     * @throws ModelRefusedException if there is no such method, or one is asked for twice
     */
    static List<Method> of(CompileOptions options) {
        if (options.methods().isEmpty()) {
            return ALL.subList(0, 1);
        }
        List<Method> methods =
                options.methods().stream().map(Methods::of).distinct().toList();
        if (methods.size() < options.methods().size()) {
            throw new ModelRefusedException("a method is asked for twice: " + options.methods());
        }
        return methods;
    }

    private static Method of(String name) {
        return ALL.stream()
                .filter(method -> method.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ModelRefusedException(
                        "'%s' is no method; there are %s".formatted(name, String.join(", ", names()))));
    }
}
