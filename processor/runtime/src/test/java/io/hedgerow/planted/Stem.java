package io.hedgerow.planted;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** How a network begins. */
enum Stem {
    CONVOLUTION(3, 1),
    WIDE_CONVOLUTION(5, 1),
    VALID_CONVOLUTION(3, 1),
    STRIDED_CONVOLUTION(3, 2),
    /** Padded with zeros by an operation of its own, as in ResNets. */
    PADDED_CONVOLUTION(5, 2),
    SPACE_TO_DEPTH(3, 2),
    /** Every second pixel of every second row, four times, as channels. */
    FOCUS(3, 2),
    POOLED(3, 2);

    /** Of the kernel. */
    final int side;
    /** Pixels of the view that one step of the first feature map takes. */
    final int stride;

    Stem(int side, int stride) {
        this.side = side;
        this.stride = stride;
    }

    /** What the first convolution takes in. */
    View before(View view, Layers layers) {
        Signal x = view.signal();
        return switch (this) {
            case SPACE_TO_DEPTH -> {
                Operand<TFloat32> y = layers.tf().nn.spaceToDepth(layers.channelsLast(even(x, layers)), 2L);
                yield repeated(view, layers.as(x, y, x.height() / 2, x.width() / 2, 12));
            }
            case FOCUS -> repeated(view, focused(even(x, layers), layers.tf()));
            case POOLED -> view.to(layers.averagePooled(x, 2, 2));
            default -> view;
        };
    }

    Signal convolution(Signal x, float[] kernel, int outputs, Layers layers) {
        return switch (this) {
            case VALID_CONVOLUTION -> layers.convolution(x, kernel, side, outputs, 1, 1, "VALID");
            case STRIDED_CONVOLUTION -> layers.convolution(x, kernel, side, outputs, 2, 1, "SAME");
            case PADDED_CONVOLUTION ->
                layers.convolution(layers.bordered(x, side / 2, 0), kernel, side, outputs, 2, 1, "VALID");
            default -> layers.convolution(x, kernel, side, outputs, 1, 1, "SAME");
        };
    }

    /** Without the last row or column where there is an odd number of them. */
    private static Signal even(Signal x, Layers layers) {
        int height = x.height() / 2 * 2;
        int width = x.width() / 2 * 2;
        return height == x.height() && width == x.width() ? x : layers.part(x, 0, 0, height, width, 1);
    }

    private static Signal focused(Signal x, Ops tf) {
        List<Operand<TFloat32>> parts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            parts.add(new Layers(tf)
                    .part(x, i / 2, i % 2, x.height(), x.width(), 2)
                    .value());
        }
        return new Signal(
                tf.concat(parts, tf.constant(x.depth())), x.channelsFirst(), x.height() / 2, x.width() / 2, 12);
    }

    /** Its channels, four times one after another. */
    private static View repeated(View view, Signal x) {
        int[] channel = new int[12];
        float[] scale = new float[12];
        float[] offset = new float[12];
        for (int i = 0; i < 12; i++) {
            channel[i] = view.channel()[i % 3];
            scale[i] = view.scale()[i % 3];
            offset[i] = view.offset()[i % 3];
        }
        return new View(x, channel, scale, offset, view.enlargement());
    }
}
