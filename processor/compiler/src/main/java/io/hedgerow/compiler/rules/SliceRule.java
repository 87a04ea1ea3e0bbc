package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.graph.Constant;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.propagation.Conserves;
import io.hedgerow.compiler.propagation.Rule;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.StridedSliceGrad;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Operations that take parts of an image's tensor: relevance goes back to where its entry was, 0 to what was left. */
public final class SliceRule implements Rule {
    private static final Set<String> OPERATIONS = Set.of("Slice", "StridedSlice", "Split", "SplitV", "Unpack", "Pack");

    @Override
    public String family() {
        return "slicing";
    }

    @Override
    public String operations() {
        return "Slice, StridedSlice, Split, SplitV, Pack, Unpack, of all images alike";
    }

    @Override
    public boolean handles(Node node, Network network) {
        return OPERATIONS.contains(node.operation());
    }

    @Override
    public Conserves conserves(Node node, Network network) {
        return node.operation().equals("Pack") ? Conserves.AT_MOST : Conserves.ALL;
    }

    @Override
    public void propagate(Node node, RuleContext e) {
        switch (node.operation()) {
            case "Slice" -> slice(node, e);
            case "StridedSlice" -> stridedSlice(node, e);
            case "Split" -> join(node, node.input(1), integers(node, 0, e)[0], e);
            case "SplitV" -> join(node, node.input(0), integers(node, 2, e)[0], e);
            case "Unpack" -> stack(node, e);
            default -> unstack(node, e);
        }
    }

    private static void slice(Node node, RuleContext e) {
        TensorRef x = node.input(0);
        int[] begin = integers(node, 1, e);
        long[] from = known(x, e);
        long[] part = known(node.output(), e);
        int[][] around = new int[begin.length][2];
        for (int axis = 1; axis < begin.length; axis++) {
            around[axis][0] = begin[axis];
            around[axis][1] = Math.toIntExact(from[axis] - part[axis]) - begin[axis];
        }
        if (begin[0] != 0 || from[0] != part[0]) {
            throw takesImages(node);
        }
        Operand<TFloat32> relevance = e.stacked(e.relevance(node), node.output());
        e.send(x, e.rows(e.tf.pad(relevance, e.tf.constant(around), e.tf.constant(0f))));
    }

    private static void stridedSlice(Node node, RuleContext e) {
        boolean wholeBatch = isSet(node, "ellipsis_mask") || (isSet(node, "begin_mask") && isSet(node, "end_mask"));
        if (!wholeBatch || isSet(node, "shrink_axis_mask") || isSet(node, "new_axis_mask")) {
            throw takesImages(node);
        }
        int[] strides = integers(node, 3, e);
        Operand<TFloat32> relevance = e.stacked(e.relevance(node), node.output());
        Operand<TFloat32> whole = e.tf.stridedSliceGrad(
                e.stackedShape(node.input(0)),
                e.tf.constant(integers(node, 1, e)),
                e.tf.constant(integers(node, 2, e)),
                e.tf.constant(strides),
                relevance,
                StridedSliceGrad.beginMask(node.number("begin_mask", 0)),
                StridedSliceGrad.endMask(node.number("end_mask", 0)),
                StridedSliceGrad.ellipsisMask(node.number("ellipsis_mask", 0)),
                StridedSliceGrad.newAxisMask(node.number("new_axis_mask", 0)),
                StridedSliceGrad.shrinkAxisMask(node.number("shrink_axis_mask", 0)));
        e.send(node.input(0), e.rows(whole));
    }

    private static void join(Node node, TensorRef x, int along, RuleContext e) {
        int axis = Math.floorMod(along, e.network.rank(x));
        if (axis == 0) {
            throw takesImages(node);
        }
        int count = Math.toIntExact(node.number("num_split", 1));
        e.send(x, e.rows(e.tf.concat(parts(node, count, e), e.tf.constant(axis))));
    }

    private static void stack(Node node, RuleContext e) {
        TensorRef x = node.input(0);
        int axis = Math.floorMod(Math.toIntExact(node.number("axis", 0)), e.network.rank(x));
        if (axis == 0) {
            throw takesImages(node);
        }
        int count = Math.toIntExact(node.number("num", 1));
        e.send(x, e.rows(e.tf.stack(parts(node, count, e), Stack.axis((long) axis))));
    }

    private static void unstack(Node node, RuleContext e) {
        int axis = Math.floorMod(Math.toIntExact(node.number("axis", 0)), e.network.rank(node.output()));
        if (axis == 0) {
            throw takesImages(node);
        }
        Operand<TFloat32> relevance = e.stacked(e.relevance(node), node.output());
        List<TensorRef> inputs = node.inputs();
        List<Output<TFloat32>> parts = e.tf.unstack(relevance, (long) inputs.size(), Unstack.axis((long) axis))
                .output();
        for (int i = 0; i < inputs.size(); i++) {
            if (e.network.dependsOnImage(inputs.get(i))) {
                e.send(inputs.get(i), e.rows(parts.get(i)));
            }
        }
    }

    private static List<Operand<TFloat32>> parts(Node node, int count, RuleContext e) {
        Ops tf = e.tf;
        List<Operand<TFloat32>> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TensorRef part = new TensorRef(node.name(), i);
            Operand<TInt32> shape = e.stackedShape(part);
            parts.add(e.arrivals()
                    .at(part)
                    .<Operand<TFloat32>>map(relevance -> tf.reshape(relevance, shape))
                    .orElseGet(() -> tf.fill(shape, tf.constant(0f))));
        }
        return parts;
    }

    /** Whether a mask has the bit of the first axis, the batch. */
    private static boolean isSet(Node node, String mask) {
        return (node.number(mask, 0) & 1) == 1;
    }

    private static long[] known(TensorRef tensor, RuleContext e) {
        long[] shape = e.network.shape(tensor).orElse(new long[0]);
        if (Arrays.stream(shape).skip(1).anyMatch(size -> size < 0) || shape.length == 0) {
            throw new ModelRefusedException("the size of " + tensor
                    + " is not known, of which a part is taken: save the" + " model with a fixed height and width");
        }
        return shape;
    }

    private static int[] integers(Node node, int input, RuleContext e) {
        return e.network
                .constant(node.input(input))
                .map(Constant::integers)
                .orElseThrow(() -> new ModelRefusedException(
                        "what " + node + " takes is not constant: input '" + node.input(input) + "' is computed"));
    }

    private static ModelRefusedException takesImages(Node node) {
        return new ModelRefusedException(
                node + " takes parts of the batch or mixes its images: each must be explained by"
                        + " itself; save the model without it");
    }
}
