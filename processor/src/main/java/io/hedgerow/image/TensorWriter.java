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
        switch (type) {
            case FLOAT32 -> floats(samples);
            case UINT8 -> bytes(samples);
        }
    }

    private void floats(float[] samples) {
        int channels = scale.length;
        float[] row = new float[samples.length];
        for (int pixel = 0; pixel < samples.length; pixel += channels) {
            for (int c = 0; c < channels; c++) {
                row[pixel + c] = samples[pixel + source(c)] * scale[c] + offset[c];
            }
        }
        // One call a row: element by element takes longer than all the rest of preprocessing.
        into.asFloatBuffer().put(row);
        into.position(into.position() + row.length * Float.BYTES);
    }

    private void bytes(float[] samples) {
        int channels = scale.length;
        for (int pixel = 0; pixel < samples.length; pixel += channels) {
            for (int c = 0; c < channels; c++) {
                into.put((byte) (int) samples[pixel + source(c)]);
            }
        }
    }

    private int source(int channel) {
        return reversed ? scale.length - 1 - channel : channel;
    }
}
