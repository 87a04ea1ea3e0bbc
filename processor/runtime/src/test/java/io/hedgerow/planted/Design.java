package io.hedgerow.planted;

import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A recipe with what its seed decides, but for weights.
 *
 * @param input what the model takes, with channels last
 * @param channelsFirst whether it takes them first
 * @param outputs how many numbers it gives
 * @param target of them, which the patches decide on
 * @param colours of each member, what it looks for
 * @param steps seed of what is done to the picture
 * @param weights seed of the last layer's weights
 */
record Design(
        Recipe recipe,
        TensorSpec input,
        boolean channelsFirst,
        int outputs,
        int target,
        List<Colour> colours,
        long steps,
        long weights) {
    private static final int SMALLEST = 48;
    /** For each member, so that there is room for its patch. */
    private static final int ROOM = 8;

    private static final int SPREAD = 20;

    static Design of(Recipe recipe) {
        Random random = new Random(recipe.seed());
        int stride =
                recipe.stem().stride * recipe.first().stride() * recipe.second().stride();
        int smallest = SMALLEST + ROOM * recipe.ensemble().members;
        TensorSpec input = new TensorSpec(
                stride * (smallest + random.nextInt(SPREAD)),
                stride * (smallest + random.nextInt(SPREAD)),
                3,
                recipe.input() == Recipe.Input.UINT8 ? ElementType.UINT8 : ElementType.FLOAT32);
        int outputs = recipe.output() == Output.ONE_SIGMOID ? 1 : 3 + random.nextInt(3);
        int target = random.nextInt(outputs);
        List<Colour> colours = new ArrayList<>();
        colours.add(Colour.values()[random.nextInt(3)]);
        while (colours.size() < recipe.ensemble().members) {
            colours.add(colours.get(colours.size() - 1).next());
        }
        return new Design(
                recipe,
                input,
                recipe.layout() == Recipe.Layout.CHANNELS_FIRST,
                outputs,
                target,
                List.copyOf(colours),
                random.nextLong(),
                random.nextLong());
    }

    /** The class that the target's number stands for. */
    int targetClass() {
        return outputs == 1 ? 1 : target;
    }

    /** Of as many images, the shape that the model takes; its own say where any size is taken. */
    long[] shape(long images, boolean any) {
        long height = any ? -1 : input.height();
        long width = any ? -1 : input.width();
        return channelsFirst ? new long[] {images, 3, height, width} : new long[] {images, height, width, 3};
    }

    /** The shape that the model says it takes. */
    long[] shape() {
        return shape(-1, recipe.input() == Recipe.Input.ANY_SIZE);
    }
}
