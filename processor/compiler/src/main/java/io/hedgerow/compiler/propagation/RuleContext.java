package io.hedgerow.compiler.propagation;

import io.hedgerow.compiler.graph.Constant;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * What rules write with: the classifier's activations and the relevance that has arrived so far.
 *
 * <p>B images with K classes each are explained at once. Activations keep their batch of B; relevance travels as
 * <em>rows</em> K × B × n, n being the size of one image's tensor, so that one batch's activation, as rows 1 × B × n,
 * serves all classes by broadcasting. Only convolutions and pooling see the stacked form K·B × H × W × C; going from one
 * to the other copies nothing.
 */
public final class RuleContext {
    public final Ops tf;
    public final Network network;
    public final Activations activations;

    private final Operand<TInt32> rowShape;
    private final Operand<TInt32> activationShape;
    private final Operand<TInt32> stackSize;
    private final Operand<TInt32> rowsOfStack;
    private final RelevanceTable arrivals;

    /**
     * A context that no relevance has come to yet.
     *
     * @param graph holds the classifier
     * @param batch B, as a vector of one
     * @param classes K, as a vector of one
     */
    public RuleContext(Graph graph, Ops tf, Network network, Operand<TInt32> batch, Operand<TInt32> classes) {
        this.tf = tf;
        this.network = network;
        this.activations = new Activations(graph, network);
        this.arrivals = new RelevanceTable(tf);
        Operand<TInt32> one = tf.constant(new int[] {1});
        Operand<TInt32> rest = tf.constant(new int[] {-1});
        this.rowShape = tf.concat(List.of(classes, batch, rest), tf.constant(0));
        this.activationShape = tf.concat(List.of(one, batch, rest), tf.constant(0));
        this.rowsOfStack = tf.concat(List.of(classes, batch), tf.constant(0));
        this.stackSize = tf.math.mul(batch, classes);
    }

    /** A tensor of the classifier's forward pass. */
    public Operand<TFloat32> activation(TensorRef tensor) {
        return activations.of(tensor);
    }

    /** 1 × B × n. */
    public <T extends TType> Operand<T> activationRows(Operand<T> activation) {
        return tf.reshape(activation, activationShape);
    }

    /** K × B × n. */
    public Operand<TFloat32> rows(Operand<TFloat32> stacked) {
        return tf.reshape(stacked, rowShape);
    }

    /** Relevance in the shape of a tensor, class after class: K·B × H × W × C. */
    public Operand<TFloat32> stacked(Operand<TFloat32> rows, TensorRef like) {
        return tf.reshape(rows, stackedShape(like));
    }

    /** The shape of an activation with K·B in place of its batch. */
    public Operand<TInt32> stackedShape(Operand<TFloat32> activation) {
        return tf.concat(
                List.of(stackSize, tf.slice(tf.shape(activation), tf.constant(new int[] {1}), tf.constant(new int[] {-1
                }))),
                tf.constant(0));
    }

    /** A batch's activation once for each class: K·B × H × W × C; of B·H·W × C, which it may be too, K·B·H·W × C. */
    public Operand<TFloat32> repeated(Operand<TFloat32> activation) {
        return repeated(activation, 0);
    }

    /**
     * A batch's activation once for each class.
     *
     * @param axis along which images lie one after the other; those before it are of one entry
     */
    public Operand<TFloat32> repeated(Operand<TFloat32> activation, int axis) {
        Operand<TInt32> shape = tf.shape(activation);
        Operand<TInt32> before = tf.slice(shape, tf.constant(new int[] {0}), tf.constant(new int[] {axis}));
        Operand<TInt32> after = tf.slice(shape, tf.constant(new int[] {axis + 1}), tf.constant(new int[] {-1}));
        return tf.reshape(
                repeatedRows(activation),
                tf.concat(List.of(before, tf.constant(new int[] {-1}), after), tf.constant(0)));
    }

    /** A batch's activation once for each class: K × B × n. */
    public <T extends TType> Operand<T> repeatedRows(Operand<T> activation) {
        Operand<T> rows = activationRows(activation);
        Operand<TInt32> width = tf.slice(tf.shape(rows), tf.constant(new int[] {2}), tf.constant(new int[] {1}));
        Operand<TInt32> shape = tf.concat(List.of(rowsOfStack, width), tf.constant(0));
        return tf.broadcastTo(rows, shape);
    }

    /** K·B × h × w as B × K × h × w. */
    public Operand<TFloat32> unstacked(Operand<TFloat32> planes) {
        Operand<TInt32> size = tf.slice(tf.shape(planes), tf.constant(new int[] {1}), tf.constant(new int[] {2}));
        Operand<TFloat32> classes = tf.reshape(planes, tf.concat(List.of(rowsOfStack, size), tf.constant(0)));
        return tf.linalg.transpose(classes, tf.constant(new int[] {1, 0, 2, 3}));
    }

    /** The shape of a tensor with K·B in place of its batch. */
    public Operand<TInt32> stackedShape(TensorRef like) {
        return shapeWithBatch(stackSize, like);
    }

    public Operand<TInt32> shapeWithBatch(Operand<TInt32> batch, TensorRef like) {
        long[] shape = network.shape(like).orElseThrow(() -> new IllegalStateException("unknown rank: " + like));
        long[] inner = Arrays.copyOfRange(shape, 1, shape.length);
        Operand<TInt32> rest = Arrays.stream(inner).allMatch(d -> d >= 0)
                ? tf.constant(Arrays.stream(inner).mapToInt(Math::toIntExact).toArray())
                : tf.slice(
                        tf.shape(activation(like)), tf.constant(new int[] {1}), tf.constant(new int[] {shape.length - 1
                        }));
        return tf.concat(List.of(batch, rest), tf.constant(0));
    }

    /** Where relevance has arrived. */
    public RelevanceTable arrivals() {
        return arrivals;
    }

    /** What has arrived at a node's first output. */
    public Operand<TFloat32> relevance(Node node) {
        return arrivals.at(node.output())
                .orElseThrow(() -> new IllegalStateException("no relevance has arrived at " + node));
    }

    public void send(TensorRef tensor, Operand<TFloat32> relevance) {
        arrivals.send(tensor, relevance);
    }

    /** 1 where the condition holds, else 0. */
    public Operand<TFloat32> indicator(Operand<TBool> condition) {
        return tf.dtypes.cast(condition, TFloat32.class);
    }

    /** relevance ⊘ what an activation's entries weigh: K × B × n. */
    public Operand<TFloat32> divided(Operand<TFloat32> relevance, Operand<TFloat32> weight) {
        // divided once for all classes: where TensorFlow broadcasts, it multiplies faster than it divides
        return tf.math.mul(relevance, activationRows(tf.math.divNoNan(tf.constant(1f), weight)));
    }

    /** The same by what is one for all images and classes, of 1 × H × W × C. */
    public Operand<TFloat32> dividedForAll(Operand<TFloat32> relevance, Operand<TFloat32> weight) {
        Operand<TFloat32> inverse = tf.math.divNoNan(tf.constant(1f), weight);
        return tf.math.mul(relevance, tf.reshape(inverse, tf.constant(new int[] {1, 1, -1})));
    }

    /** Sums over one image's and class's whole tensor, which has the shape of {@code like}: K × B × 1. */
    public Operand<TFloat32> total(Operand<TFloat32> rows, TensorRef like) {
        // lines of the image first: TensorFlow shares out few long sums badly among processors
        Operand<TFloat32> lines = tf.reduceSum(stacked(rows, like), tf.constant(new int[] {2, 3}));
        return tf.reduceSum(rows(lines), tf.constant(2), ReduceSum.keepDims(true));
    }

    /** Of two relevances one where a condition on an activation holds, the other elsewhere: K × B × n. */
    public Operand<TFloat32> select(Operand<TBool> condition, Operand<TFloat32> where, Operand<TFloat32> elsewhere) {
        // "SelectV2", which would broadcast by itself, takes up to twice as long
        OperationBuilder select = tf.scope().opBuilder("Select", "Select");
        select.addInput(repeatedRows(condition).asOutput());
        select.addInput(where.asOutput());
        select.addInput(elsewhere.asOutput());
        return select.build().output(0);
    }

    public Operand<TFloat32> constant(Constant value) {
        return tf.constant(Shape.of(value.shape()), DataBuffers.of(value.values()));
    }
}
