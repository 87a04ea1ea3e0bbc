package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * How much each row and column counts for each of a resized image, by magnitude: what the resize makes of one row, or column,
 * after another. Every resize of TensorFlow's treats both axes by themselves, so that two matrices are all of it.
 *
 * @param rows resized × original
 * @param columns resized × original
 * @param from original height and width
 * @param to resized height and width
 */
public record Resize(
        Ops tf, Operand<TFloat32> rows, Operand<TFloat32> columns, Operand<TInt32> from, Operand<TInt32> to) {

    static Resize of(Node node, RuleContext e) {
        Ops tf = e.tf;
        Operand<TInt32> from = plane(node.input(0), e);
        Operand<TInt32> to = plane(node.output(), e);
        Operand<TInt32> one = tf.constant(new int[] {1});
        Operand<TInt32> height = at(tf, from, 0);
        Operand<TInt32> width = at(tf, from, 1);
        Operand<TFloat32> ofRows = resized(
                node,
                tf.reshape(unit(tf, height), concat(tf, one, height, one, height)),
                concat(tf, at(tf, to, 0), one),
                tf);
        Operand<TFloat32> ofColumns = resized(
                node,
                tf.reshape(unit(tf, width), concat(tf, one, one, width, width)),
                concat(tf, one, at(tf, to, 1)),
                tf);
        return new Resize(
                tf,
                tf.math.abs(tf.reshape(ofRows, concat(tf, at(tf, to, 0), height))),
                tf.math.abs(tf.reshape(ofColumns, concat(tf, at(tf, to, 1), width))),
                from,
                to);
    }

    /** Of N × H × W × C: what comes of it with each weight's magnitude. */
    Operand<TFloat32> forward(Operand<TFloat32> x) {
        return through(x, to, false);
    }

    /** The gradient of {@link #forward} at y. */
    Operand<TFloat32> back(Operand<TFloat32> y) {
        return through(y, from, true);
    }

    private Operand<TFloat32> through(Operand<TFloat32> x, Operand<TInt32> plane, boolean back) {
        Operand<TInt32> shape = tf.shape(x);
        Operand<TInt32> images = at(tf, shape, 0);
        Operand<TInt32> channels = at(tf, shape, 3);
        Operand<TInt32> rest = tf.constant(new int[] {-1});
        Operand<TFloat32> lines = product(rows, tf.reshape(x, concat(tf, images, at(tf, shape, 1), rest)), back);
        Operand<TFloat32> pixels =
                product(columns, tf.reshape(lines, concat(tf, rest, at(tf, shape, 2), channels)), back);
        return tf.reshape(pixels, concat(tf, images, plane, channels));
    }

    private Operand<TFloat32> product(Operand<TFloat32> weights, Operand<TFloat32> x, boolean back) {
        return tf.train.batchMatMul(weights, x, TFloat32.class, BatchMatMul.adjX(back));
    }

    /** The resize itself, of other images. */
    private static Operand<TFloat32> resized(Node node, Operand<TFloat32> images, Operand<TInt32> size, Ops tf) {
        OperationBuilder resize =
                tf.scope().env().opBuilder(node.operation(), tf.scope().makeOpName(node.operation()), tf.scope());
        resize.addInput(images.asOutput());
        resize.addInput(size.asOutput());
        for (String flag : List.of("align_corners", "half_pixel_centers")) {
            if (node.has(flag)) {
                resize.setAttr(flag, node.flag(flag));
            }
        }
        return resize.build().output(0);
    }

    private static Operand<TInt32> plane(TensorRef tensor, RuleContext e) {
        return e.tf.slice(e.stackedShape(tensor), e.tf.constant(new int[] {1}), e.tf.constant(new int[] {2}));
    }

    private static Operand<TFloat32> unit(Ops tf, Operand<TInt32> size) {
        Operand<TInt32> count = tf.reshape(size, tf.constant(new int[0]));
        return tf.oneHot(tf.range(tf.constant(0), count, tf.constant(1)), count, tf.constant(1f), tf.constant(0f));
    }

    private static Operand<TInt32> at(Ops tf, Operand<TInt32> vector, int index) {
        return tf.slice(vector, tf.constant(new int[] {index}), tf.constant(new int[] {1}));
    }

    @SafeVarargs
    private static Operand<TInt32> concat(Ops tf, Operand<TInt32>... parts) {
        return tf.concat(List.of(parts), tf.constant(0));
    }
}
