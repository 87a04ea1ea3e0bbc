package io.hedgerow.image;

import java.nio.ByteBuffer;

/** Writes resized rows as a model takes them. */
final class TensorWriter {
    private final ByteBuffer into;
    private final ElementType type;
    private final boolean reversed;
    private final float[] scale;
    private final float[] offset;

    /**
     * @param reversed whether the last channel comes first
     * @param scale per channel of the result: what 1 of 0 to 255 becomes
     * @param offset per channel of the result: what 0 becomes
     */
    TensorWriter(ByteBuffer into, ElementType type, boolean reversed, float[] scale, float[] offset) {
        this.into = into;
        this.type = type;
        this.reversed = reversed;
        this.scale = scale;
        this.offset = offset;
    }

    void row(int y, float[] samples) {
        int channels = scale.length;
        for (int pixel = 0; pixel < samples.length; pixel += channels) {
            for (int c = 0; c < channels; c++) {
                float value = samples[pixel + (reversed ? channels - 1 - c : c)];
                switch (type) {
                    case FLOAT32 -> into.putFloat(value * scale[c] + offset[c]);
                    case UINT8 -> into.put((byte) (int) value);
                }
            }
        }
    }
}
