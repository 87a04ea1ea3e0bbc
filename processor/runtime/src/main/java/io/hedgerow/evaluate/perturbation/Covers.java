package io.hedgerow.evaluate.perturbation;

import io.hedgerow.compiler.runtime.ChannelAxis;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.evaluate.metrics.Relevance;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.preprocess.Preprocessing;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntBinaryOperator;

/** Makes covers, as tensors of the model's. Keeps those that are the same for all pictures. Not thread-safe. */
public final class Covers {
    private static final double SOFT = 5.0 / 224;
    private static final double CELL = 1.0 / 14;
    private static final double SPOT = 2.0 / 7;
    private static final int GREY_LEVEL = 127;

    private final TensorSpec spec;
    private final Preprocessing preprocessing;
    private final Map<Cover, ByteBuffer> common = new EnumMap<>(Cover.class);

    /** @param preprocessing by which levels of pictures become values of tensors */
    public Covers(TensorSpec spec, Preprocessing preprocessing) {
        this.spec = spec;
        this.preprocessing = preprocessing;
    }

    /** A whole tensor of a cover; not to be changed. */
    ByteBuffer of(Cover cover, ImageTensor picture) {
        return switch (cover) {
            case MEAN -> mean(picture);
            case BLUR -> blurred(picture, CELL);
            case SOFT_BLUR -> blurred(picture, SOFT);
            case GREY -> common.computeIfAbsent(cover, c -> drawn((x, y) -> GREY_LEVEL));
            case BLACK -> common.computeIfAbsent(cover, c -> drawn((x, y) -> 0));
            case SPOT -> common.computeIfAbsent(cover, c -> drawn(this::spot));
        };
    }

    private int spot(int x, int y) {
        double dx = (x - (spec.width() - 1) / 2.0) / (SPOT * spec.width());
        double dy = (y - (spec.height() - 1) / 2.0) / (SPOT * spec.height());
        return (int) Math.round(255 * Math.exp(-(dx * dx + dy * dy) / 2));
    }

    private ByteBuffer drawn(IntBinaryOperator level) {
        BufferedImage picture = new BufferedImage(spec.width(), spec.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < spec.height(); y++) {
            for (int x = 0; x < spec.width(); x++) {
                picture.setRGB(x, y, level.applyAsInt(x, y) * 0x010101);
            }
        }
        return preprocessing.apply(DecodedImage.of(picture), spec).data();
    }

    private ByteBuffer mean(ImageTensor picture) {
        ByteBuffer mean = empty();
        for (int channel = 0; channel < spec.channels(); channel++) {
            float[] values = channel(picture, channel);
            double sum = 0;
            for (float value : values) {
                sum += value;
            }
            float level = (float) (sum / values.length);
            for (int pixel = 0; pixel < values.length; pixel++) {
                put(mean, channel, pixel, level);
            }
        }
        return mean;
    }

    private ByteBuffer blurred(ImageTensor picture, double share) {
        ByteBuffer blurred = empty();
        for (int channel = 0; channel < spec.channels(); channel++) {
            Relevance values = new Relevance(channel(picture, channel), spec.height(), spec.width())
                    .blurred(share * spec.width(), share * spec.height());
            for (int pixel = 0; pixel < values.size(); pixel++) {
                put(blurred, channel, pixel, values.get(pixel));
            }
        }
        return blurred;
    }

    private ByteBuffer empty() {
        return ByteBuffer.allocate(spec.bytes()).order(ByteOrder.nativeOrder());
    }

    private float[] channel(ImageTensor picture, int channel) {
        ByteBuffer data = picture.data();
        float[] values = new float[spec.height() * spec.width()];
        for (int pixel = 0; pixel < values.length; pixel++) {
            int at = at(channel, pixel);
            values[pixel] = spec.type() == ElementType.UINT8 ? data.get(at) & 0xff : data.getFloat(at * Float.BYTES);
        }
        return values;
    }

    private void put(ByteBuffer into, int channel, int pixel, float value) {
        int at = at(channel, pixel);
        if (spec.type() == ElementType.UINT8) {
            into.put(at, (byte) Math.round(value));
        } else {
            into.putFloat(at * Float.BYTES, value);
        }
    }

    private int at(int channel, int pixel) {
        return spec.axis() == ChannelAxis.LAST
                ? pixel * spec.channels() + channel
                : channel * spec.height() * spec.width() + pixel;
    }
}
