package io.hedgerow.planted;

import io.hedgerow.compiler.runtime.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** The graph of a design: {@code images} to {@code scores}, and beside them the target's logits as {@code evidence}. */
final class ClassifierGraph {
    private static final float BRIGHTEST = 255;

    private final Design design;
    private final Recipe recipe;
    private final Layers layers;
    private final Ops tf;
    private final int groups;
    private final double enlargement;

    /**
     * Builds it.
     *
     * @param gains of each member, how much its patch counts
     * @param biases of each group of logits, what the target's begins at
     */
    ClassifierGraph(Ops tf, Design design, double[] gains, double[] biases) {
        this.design = design;
        this.recipe = design.recipe();
        this.layers = new Layers(tf);
        this.tf = tf;
        View picture = picture();
        List<List<Signal>> maps = new ArrayList<>();
        double largest = 0;
        for (int member = 0; member < recipe.ensemble().members; member++) {
            List<Signal> ofMember = new ArrayList<>();
            for (View view : views(picture, member)) {
                largest = Math.max(largest, view.enlargement());
                // the same weights for all views
                Weights weights = new Weights(new Random(recipe.seed() + member + 1));
                ofMember.add(new Trunk(recipe, design.colours().get(member), weights, layers).features(view));
            }
            maps.add(ofMember);
        }
        enlargement = largest / recipe.stem().stride;
        LastLayer last = new LastLayer(new Weights(new Random(design.weights())), design.outputs(), design.target());
        List<Operand<TFloat32>> logits = logits(maps, gains, biases, last);
        groups = logits.size();
        output(logits);
        evidence(logits);
    }

    /** How many logits of the target there are: one, or one of each member. */
    int groups() {
        return groups;
    }

    /** Cells of the first feature map, where it is finest, for each pixel of the model's input. */
    double enlargement() {
        return enlargement;
    }

    private View picture() {
        Placeholder.Options shape = Placeholder.shape(Shape.of(design.shape()));
        Operand<TFloat32> images = design.input().type() == ElementType.UINT8
                ? tf.dtypes.cast(tf.withName("images").placeholder(TUint8.class, shape), TFloat32.class)
                : tf.withName("images").placeholder(TFloat32.class, shape);
        int height = design.input().height();
        int width = design.input().width();
        Signal signal = new Signal(images, design.channelsFirst(), height, width, 3);
        if (recipe.input() == Recipe.Input.ANY_SIZE) {
            signal = layers.resized(signal, height, width);
        }
        return new View(signal, new int[] {0, 1, 2}, new float[] {BRIGHTEST, BRIGHTEST, BRIGHTEST}, new float[3], 1);
    }

    /** What a member sees: it shares the first step with all others, and has the second with numbers of its own. */
    private List<View> views(View picture, int member) {
        List<View> views = new ArrayList<>();
        for (View view : recipe.first().after(picture, layers, new Random(design.steps()))) {
            views.addAll(recipe.second().after(view, layers, new Random(design.steps() + member + 1)));
        }
        return recipe.layout() == Recipe.Layout.TRANSPOSED
                ? views.stream()
                        .map(view -> view.to(layers.channelsFirst(view.signal())))
                        .toList()
                : views;
    }

    private List<Operand<TFloat32>> logits(List<List<Signal>> maps, double[] gains, double[] biases, LastLayer last) {
        List<Operand<TFloat32>> logits = new ArrayList<>();
        if (recipe.ensemble().join == Recipe.Join.FEATURES) {
            List<Signal> all = maps.stream().flatMap(List::stream).toList();
            double[] each = new double[all.size()];
            for (int i = 0; i < each.length; i++) {
                each[i] = gains[i / maps.get(0).size()];
            }
            logits.add(recipe.head().logits(all, each, biases[0], layers, last));
        } else {
            for (int member = 0; member < maps.size(); member++) {
                double[] each = new double[maps.get(member).size()];
                Arrays.fill(each, gains[member]);
                logits.add(recipe.head().logits(maps.get(member), each, biases[member], layers, last));
            }
        }
        return logits;
    }

    private void output(List<Operand<TFloat32>> logits) {
        boolean probabilities = recipe.ensemble().join == Recipe.Join.PROBABILITIES;
        List<Operand<TFloat32>> parts =
                probabilities ? logits.stream().map(this::activated).toList() : logits;
        Operand<TFloat32> mean =
                parts.size() == 1 ? parts.get(0) : tf.math.mul(tf.math.addN(parts), tf.constant(1f / parts.size()));
        tf.withName("scores").identity(probabilities ? mean : activated(mean));
    }

    private Operand<TFloat32> activated(Operand<TFloat32> logits) {
        return switch (recipe.output()) {
            case LOGITS -> logits;
            case SOFTMAX -> tf.nn.softmax(logits);
            case LOG_SOFTMAX -> tf.nn.logSoftmax(logits);
            case SIGMOID, ONE_SIGMOID -> tf.math.sigmoid(logits);
            case EXPONENTS -> {
                Operand<TFloat32> most = tf.max(logits, tf.constant(new int[] {1}), Max.keepDims(true));
                Operand<TFloat32> exponents = tf.math.exp(tf.math.sub(logits, most));
                yield tf.math.div(exponents, tf.sum(exponents, tf.constant(new int[] {1}), Sum.keepDims(true)));
            }
        };
    }

    private void evidence(List<Operand<TFloat32>> logits) {
        int[] from = {0, design.target()};
        int[] size = {-1, 1};
        List<Operand<TFloat32>> ofTarget = new ArrayList<>();
        for (Operand<TFloat32> group : logits) {
            ofTarget.add(tf.slice(group, tf.constant(from), tf.constant(size)));
        }
        tf.withName("evidence").stack(ofTarget, Stack.axis(1L));
    }
}
