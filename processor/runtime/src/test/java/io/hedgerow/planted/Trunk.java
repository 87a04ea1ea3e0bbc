package io.hedgerow.planted;

/** One network from its view of the picture to its last feature map; the first channel answers to one colour. */
final class Trunk {
    private static final int CHANNELS = Weights.GROUP;
    private static final float THRESHOLD = 0.3f;
    private static final float SLOPE = 4;
    /** What a grey of 1 counts in the channels that answer to light and to shade. */
    private static final float[][] GREY = {{1f / 3, 1f / 3, 1f / 3}, {-1f / 3, -1f / 3, -1f / 3}};

    private final Recipe recipe;
    private final Colour colour;
    private final Weights weights;
    private final Layers layers;

    Trunk(Recipe recipe, Colour colour, Weights weights, Layers layers) {
        this.recipe = recipe;
        this.colour = colour;
        this.weights = weights;
        this.layers = layers;
    }

    Signal features(View picture) {
        Stem stem = recipe.stem();
        View view = stem.before(picture, layers);
        int inputs = view.channel().length;
        int positions = stem.side * stem.side;
        float[] kernel = new float[positions * inputs * CHANNELS];
        float[] bias = new float[CHANNELS];
        for (int output = 0; output < CHANNELS; output++) {
            float[] spread = spread(stem.side, output);
            for (int input = 0; input < inputs; input++) {
                float weight = weight(output, view.channel()[input]) / view.scale()[input] * 3 / inputs;
                for (int position = 0; position < positions; position++) {
                    kernel[(position * inputs + input) * CHANNELS + output] = weight * spread[position];
                    bias[output] -= weight * spread[position] * view.offset()[input];
                }
            }
            bias[output] += output < 2 ? -SLOPE * THRESHOLD : output == 3 ? 1 : 0;
        }
        Signal x = layers.activated(
                layers.biased(stem.convolution(view.signal(), kernel, CHANNELS, layers), bias), recipe.activation());
        x = recipe.shallow().after(x, layers, weights, recipe.activation());
        return recipe.deep().after(x, layers, weights, recipe.activation());
    }

    /** How much a colour counts: two colours, light, shade, edges across and down, and two of chance. */
    private float weight(int output, int channel) {
        return switch (output) {
            case 0 -> SLOPE * colour.weight(channel);
            case 1 -> SLOPE * colour.next().weight(channel);
            case 2, 3 -> GREY[output - 2][channel];
            case 4, 5 -> 1f / 3;
            default -> weights.between(-0.3f, 0.4f, 1)[0];
        };
    }

    private static float[] spread(int side, int output) {
        float[] spread = new float[side * side];
        for (int i = 0; i < spread.length; i++) {
            int across = Integer.signum(i % side - side / 2);
            int down = Integer.signum(i / side - side / 2);
            spread[i] = output == 4 ? across / (float) side : output == 5 ? down / (float) side : 1f / spread.length;
        }
        return spread;
    }
}
