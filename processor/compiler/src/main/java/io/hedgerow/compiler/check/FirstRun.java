package io.hedgerow.compiler.check;

import io.hedgerow.compiler.method.CheckRun;
import io.hedgerow.compiler.method.NodeNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** What a graph made of random images. */
final class FirstRun implements CheckRun {
    private final Floats explanation;
    private final Map<String, Tensor> fed;
    private final Map<String, float[]> found;
    private final List<String> fixed;
    private final List<String> jumps;

    /**
     * What was found.
     *
     * @param fed to find it; further runs are fed with the same
     * @param found values by tensor
     * @param fixed tensors that further runs take as they were
     * @param jumps the same of those that are only a step away
     */
    FirstRun(
            Floats explanation,
            Map<String, Tensor> fed,
            Map<String, float[]> found,
            List<String> fixed,
            List<String> jumps) {
        this.explanation = explanation;
        this.fed = fed;
        this.found = found;
        this.fixed = fixed;
        this.jumps = jumps;
    }

    @Override
    public float[] values(String tensor) {
        return of(tensor, found);
    }

    @Override
    public Shape shape(String tensor) {
        return explanation.shape(tensor);
    }

    @Override
    public Map<String, float[]> again(Map<String, Tensor> changed, Set<String> fetched) {
        return run(
                changed, fetched, Stream.concat(fixed.stream(), jumps.stream()).toList());
    }

    @Override
    public Map<String, float[]> elsewhere(Map<String, Tensor> changed, Set<String> fetched) {
        return run(changed, fetched, fixed);
    }

    private Map<String, float[]> run(Map<String, Tensor> changed, Set<String> fetched, List<String> asBefore) {
        Map<String, Tensor> all = new HashMap<>(fed);
        Map<String, Tensor> held = new HashMap<>();
        try {
            asBefore.forEach(
                    name -> held.put(name, TFloat32.tensorOf(shape(name), DataBuffers.of(values(name), true, false))));
            all.putAll(held);
            Tensor classes = fed.get(NodeNames.CLASSES);
            if (classes != null) {
                // known, and not to be told from scores again
                all.put(NodeNames.RESOLVED_CLASSES, classes);
            }
            changed.keySet().forEach(name -> all.remove(name.replaceFirst(":0$", "")));
            all.putAll(changed);
            return explanation.run(all, fetched);
        } finally {
            held.values().forEach(Tensor::close);
        }
    }

    static float[] of(String tensor, Map<String, float[]> found) {
        float[] values = found.get(tensor);
        if (values == null) {
            throw new IllegalStateException(tensor + " was not fetched");
        }
        return values;
    }
}
