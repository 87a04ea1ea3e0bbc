package io.hedgerow.evaluate.perturbation;

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
    private final TensorGrid grid;
    private final Preprocessing preprocessing;
    private final Map<Cover, ByteBuffer> common = new EnumMap<>(Cover.class);

    /** @param preprocessing by which levels of pictures become values of tensors */
    public Covers(TensorSpec spec, Preprocessing preprocessing) {
        this.spec = spec;
        this.grid = new TensorGrid(spec);
        this.preprocessing = preprocessing;
    }

    /** A whole tensor of a cover; not to be changed. */
    ByteBuffer of(Cover cover, ImageTensor picture) {
        return switch (cover) {
            case MEAN -> mean(picture);
            case BLUR -> blurred(picture, CELL);
            case SOFT_BLUR -> blurred(picture, SOFT);
            case GREY, BLACK, SPOT -> of(cover);
            case NEIGHBOURS -> throw new IllegalArgumentException("what neighbours fill in depends on what is covered");
        };
    }

    private ByteBuffer of(Cover sameForAll) {
        return common.computeIfAbsent(sameForAll, cover -> switch (cover) {
            case GREY -> drawn((x, y) -> GREY_LEVEL);
            case BLACK -> drawn((x, y) -> 0);
            default -> drawn(this::spot);
        });
    }

    /** Fills in what is covered. */
    Imputer imputer() {
        float[] range = new float[spec.channels()];
        ByteBuffer black = of(Cover.BLACK);
        ByteBuffer white = drawn((x, y) -> 255);
        for (int channel = 0; channel < range.length; channel++) {
            range[channel] = Math.abs(grid.channel(white, channel)[0] - grid.channel(black, channel)[0]);
        }
        return new Imputer(spec, range);
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
            float[] values = grid.channel(picture.data(), channel);
            double sum = 0;
            for (float value : values) {
                sum += value;
            }
            float level = (float) (sum / values.length);
            for (int pixel = 0; pixel < values.length; pixel++) {
                grid.put(mean, 0, channel, pixel, level);
            }
        }
        return mean;
    }

    private ByteBuffer blurred(ImageTensor picture, double share) {
        ByteBuffer blurred = empty();
        for (int channel = 0; channel < spec.channels(); channel++) {
            Relevance values = new Relevance(grid.channel(picture.data(), channel), spec.height(), spec.width())
                    .blurred(share * spec.width(), share * spec.height());
            for (int pixel = 0; pixel < values.size(); pixel++) {
                grid.put(blurred, 0, channel, pixel, values.get(pixel));
            }
        }
        return blurred;
    }

    private ByteBuffer empty() {
        return ByteBuffer.allocate(spec.bytes()).order(ByteOrder.nativeOrder());
    }
}
