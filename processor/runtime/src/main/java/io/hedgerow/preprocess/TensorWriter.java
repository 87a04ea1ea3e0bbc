package io.hedgerow.preprocess;

import io.hedgerow.compiler.runtime.ChannelAxis;
import io.hedgerow.compiler.runtime.TensorSpec;
import java.nio.ByteBuffer;

/** Writer of resized rows as a model takes them. */
final class TensorWriter {
    private final ByteBuffer into;
    private final TensorSpec spec;
    private final int start;
    private final boolean reversed;
    private final float[] scale;
    private final float[] offset;

    /**
     * Writes one tensor.
     *
     * @param into written from its position on, which is left where the tensor ends
     * @param reversed whether the last channel comes first
     * @param scale per channel of the result: what 1 of 0 to 255 becomes
     * @param offset per channel of the result: what 0 becomes
     */
    TensorWriter(ByteBuffer into, TensorSpec spec, boolean reversed, float[] scale, float[] offset) {
        this.into = into;
        this.spec = spec;
        this.start = into.position();
        this.reversed = reversed;
        this.scale = scale;
        this.offset = offset;
    }

    void row(int y, float[] samples) {
        if (spec.axis() == ChannelAxis.FIRST) {
            planes(y, samples);
            return;
        }
        switch (spec.type()) {
            case FLOAT32 -> floats(samples);
            case UINT8 -> bytes(samples);
        }
    }

    /** Each channel's part of the row into its own plane. */
    private void planes(int y, float[] samples) {
        int channels = scale.length;
        int width = spec.width();
        float[] row = new float[width];
        for (int c = 0; c < channels; c++) {
            int at = start + (c * spec.height() + y) * width * spec.type().bytes();
            for (int x = 0; x < width; x++) {
                row[x] = samples[x * channels + source(c)];
            }
            switch (spec.type()) {
                case FLOAT32 -> {
                    for (int x = 0; x < width; x++) {
                        row[x] = row[x] * scale[c] + offset[c];
                    }
                    into.position(at).asFloatBuffer().put(row);
                }
                case UINT8 -> {
                    for (int x = 0; x < width; x++) {
                        into.put(at + x, (byte) (int) row[x]);
                    }
                }
            }
        }
        into.position(start + (y + 1 == spec.height() ? spec.bytes() : 0));
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
