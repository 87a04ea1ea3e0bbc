package io.hedgerow.planted;

/**
 * The picture on its way to the first convolution.
 *
 * @param channel of each of its channels, which of red, green and blue it is
 * @param scale of each, from a colour's value of 0 to 1
 * @param offset of each: it holds scale x value + offset
 * @param enlargement the smaller of its pixels' sizes across and down, in pixels of the model's input, as its inverse
 */
record View(Signal signal, int[] channel, float[] scale, float[] offset, double enlargement) {
    View to(Signal changed) {
        return new View(changed, channel, scale, offset, enlargement);
    }

    View to(Signal changed, double times) {
        return new View(changed, channel, scale, offset, enlargement * times);
    }

    /** What a colour of this value is in it, about. */
    float pale(float value) {
        return scale[0] * value + offset[0];
    }
}
