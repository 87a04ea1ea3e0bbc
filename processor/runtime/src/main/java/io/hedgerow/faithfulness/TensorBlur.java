package io.hedgerow.faithfulness;

import io.hedgerow.attribution.Box;
import io.hedgerow.compiler.runtime.ChannelAxis;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A picture, and the same one under a blur so wide that little but its colours is left. Immutable. */
final class TensorBlur {
    /** Three passes with boxes this wide come to a Gaussian with half of it as its standard deviation. */
    private static final int BOXES_A_SIDE = 4;

    private static final int PASSES = 3;

    private final ImageTensor picture;
    private final ByteBuffer blurred;

    TensorBlur(ImageTensor picture) {
        this.picture = picture;
        TensorSpec spec = picture.spec();
        blurred = ByteBuffer.allocate(spec.bytes()).order(ByteOrder.nativeOrder());
        float[] values = new float[spec.height() * spec.width()];
        float[] smoothed = new float[values.length];
        for (int channel = 0; channel < spec.channels(); channel++) {
            read(channel, values);
            for (int pass = 0; pass < PASSES; pass++) {
                for (int row = 0; row < spec.height(); row++) {
                    smooth(values, smoothed, row * spec.width(), 1, spec.width());
                }
                for (int column = 0; column < spec.width(); column++) {
                    smooth(smoothed, values, column, spec.width(), spec.height());
                }
            }
            write(channel, values);
        }
    }

    /**
     * A copy of the picture with some cells of a map blurred.
     *
     * @param map whose cells lie on the tensor
     */
    ImageTensor without(CellSet cells, CellMap map) {
        TensorSpec spec = picture.spec();
        ByteBuffer copy = ByteBuffer.allocate(spec.bytes()).order(ByteOrder.nativeOrder());
        copy.put(0, picture.data(), 0, spec.bytes());
        int planes = spec.axis() == ChannelAxis.LAST ? 1 : spec.channels();
        int pixel = spec.type().bytes() * (spec.axis() == ChannelAxis.LAST ? spec.channels() : 1);
        cells.stream().forEach(cell -> {
            Box box = map.box(cell, spec);
            for (int plane = 0; plane < planes; plane++) {
                for (int row = box.y(); row < box.y() + box.height(); row++) {
                    int at = ((plane * spec.height() + row) * spec.width() + box.x()) * pixel;
                    copy.put(at, blurred, at, box.width() * pixel);
                }
            }
        });
        return new ImageTensor(copy, spec, picture.toImage(), picture.turn());
    }

    /** Mean of the values around each, as far as there are any. */
    private static void smooth(float[] from, float[] to, int start, int step, int count) {
        int radius = Math.max(1, count / BOXES_A_SIDE / 2);
        double sum = 0;
        for (int at = 0; at < Math.min(radius, count); at++) {
            sum += from[start + at * step];
        }
        for (int at = 0; at < count; at++) {
            if (at + radius < count) {
                sum += from[start + (at + radius) * step];
            }
            if (at - radius - 1 >= 0) {
                sum -= from[start + (at - radius - 1) * step];
            }
            int width = Math.min(count - 1, at + radius) - Math.max(0, at - radius) + 1;
            to[start + at * step] = (float) (sum / width);
        }
    }

    private void read(int channel, float[] values) {
        ByteBuffer data = picture.data();
        for (int pixel = 0; pixel < values.length; pixel++) {
            int at = place(channel, pixel);
            values[pixel] = picture.spec().type() == ElementType.UINT8
                    ? Byte.toUnsignedInt(data.get(at))
                    : data.getFloat(at * Float.BYTES);
        }
    }

    private void write(int channel, float[] values) {
        for (int pixel = 0; pixel < values.length; pixel++) {
            int at = place(channel, pixel);
            if (picture.spec().type() == ElementType.UINT8) {
                blurred.put(at, (byte) Math.round(values[pixel]));
            } else {
                blurred.putFloat(at * Float.BYTES, values[pixel]);
            }
        }
    }

    private int place(int channel, int pixel) {
        TensorSpec spec = picture.spec();
        return spec.axis() == ChannelAxis.LAST
                ? pixel * spec.channels() + channel
                : channel * spec.height() * spec.width() + pixel;
    }
}
