package io.hedgerow.evaluate.perturbation;

import io.hedgerow.compiler.runtime.ChannelAxis;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.TensorSpec;
import java.nio.ByteBuffer;

/** Single values of a model's input tensors, by channel and pixel, whatever their type and the order of their axes. Immutable. */
final class TensorGrid {
    private final TensorSpec spec;

    TensorGrid(TensorSpec spec) {
        this.spec = spec;
    }

    int pixels() {
        return spec.height() * spec.width();
    }

    /** All pixels of a channel, row by row. */
    float[] channel(ByteBuffer tensor, int channel) {
        float[] values = new float[pixels()];
        for (int pixel = 0; pixel < values.length; pixel++) {
            int at = at(channel, pixel);
            values[pixel] =
                    spec.type() == ElementType.UINT8 ? tensor.get(at) & 0xff : tensor.getFloat(at * Float.BYTES);
        }
        return values;
    }

    /**
     * Writes a value, of bytes the nearest.
     *
     * @param start where in the buffer the tensor begins
     */
    void put(ByteBuffer into, int start, int channel, int pixel, float value) {
        int at = at(channel, pixel);
        if (spec.type() == ElementType.UINT8) {
            into.put(start + at, (byte) Math.max(0, Math.min(255, Math.round(value))));
        } else {
            into.putFloat(start + at * Float.BYTES, value);
        }
    }

    private int at(int channel, int pixel) {
        return spec.axis() == ChannelAxis.LAST ? pixel * spec.channels() + channel : channel * pixels() + pixel;
    }
}
