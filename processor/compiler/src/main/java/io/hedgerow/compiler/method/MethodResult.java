package io.hedgerow.compiler.method;

import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What a method has written.
 *
 * @param maps at least one
 * @param checks what the self-check holds it to
 * @param families how many operations of each rule family relevance goes through; empty where none does
 * @param linear what of the classifier has no activation where the method expects one
 * @param classLoops where classes may as well be explained one after another: the first node and the last
 */
public record MethodResult(
        List<Map2D> maps,
        List<Check> checks,
        Map<String, Integer> families,
        ExplanationInfo.Linear linear,
        Map<String, String> classLoops) {

    /** Maps and nothing else to say. */
    public MethodResult(List<Map2D> maps, List<Check> checks) {
        this(maps, checks, Map.of(), new ExplanationInfo.Linear(0, 0), Map.of());
    }

    /**
     * Maps that have one place on the picture.
     *
     * @param values B × K × h × w, signed
     * @param tensor whose height and width they have: a first layer's input, or a later feature map
     */
    public record Map2D(Operand<TFloat32> values, TensorRef tensor) {}
}
