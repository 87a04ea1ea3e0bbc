package io.hedgerow.compiler.geometry;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.CropAndResize;
import org.tensorflow.op.image.ImageProjectiveTransformV3;
import org.tensorflow.op.image.ResizeArea;
import org.tensorflow.op.image.ResizeBicubic;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.op.image.ResizeNearestNeighbor;
import org.tensorflow.op.image.ScaleAndTranslate;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** What a model does to its pictures before its first layer: random operations one after the other, as they look when frozen. */
public final class Chain {
    private static final int[] ALL = IntStream.range(0, 18).toArray();
    private static final int[] MOVING = {2, 3, 4, 5, 6, 7, 8, 9, 12, 15};

    private final Ops tf;
    private final Random random;
    private final List<String> steps = new ArrayList<>();
    private int height;
    private int width;
    private double amplitude = 1;
    private int[] kinds = ALL;

    /**
     * @param height of pictures
     * @param width of pictures
     */
    public Chain(Ops tf, Random random, int height, int width) {
        this.tf = tf;
        this.random = random;
        this.height = height;
        this.width = width;
    }

    /** The same, without what changes the values of pixels or leaves much of the picture out. */
    public Chain withoutScaling() {
        kinds = MOVING;
        return this;
    }

    /** What became of a batch of pictures with three channels. */
    public Operand<TFloat32> of(Operand<TFloat32> images, int length) {
        Operand<TFloat32> x = images;
        for (int i = 0; i < length; i++) {
            x = step(x, kinds[random.nextInt(kinds.length)]);
        }
        return x;
    }

    /** Each operation, in order. */
    public List<String> steps() {
        return steps;
    }

    /** What a difference of 1 has become, where nothing blurs it. */
    double amplitude() {
        return amplitude;
    }

    private Operand<TFloat32> step(Operand<TFloat32> x, int kind) {
        return switch (kind) {
            case 0 -> crop(x);
            case 1 -> strided(x);
            case 2 -> padded(x);
            case 3 -> mirrored(x, "REFLECT");
            case 4 -> mirrored(x, "SYMMETRIC");
            case 5 -> named("reverse", tf.reverse(x, ints(1 + random.nextInt(2))));
            case 6 -> transposed(x);
            case 7 -> turned(x);
            case 8 -> gathered(x);
            case 9, 10 -> resized(x);
            case 11 -> cropAndResize(x);
            case 12 -> beside(x);
            case 13 -> translated(x);
            case 14 -> projected(x);
            case 15 -> rearranged(x);
            case 16 -> {
                amplitude /= 127.5;
                Operand<TFloat32> scaled = tf.math.sub(tf.math.div(x, tf.constant(127.5f)), tf.constant(1f));
                yield named("rescaled", tf.reverse(scaled, ints(3)));
            }
            default -> {
                Operand<TFloat32> mean =
                        tf.math.mean(x, tf.constant(new int[] {1, 2, 3}), org.tensorflow.op.math.Mean.keepDims(true));
                yield named("standardised", tf.math.sub(x, mean));
            }
        };
    }

    private Operand<TFloat32> crop(Operand<TFloat32> x) {
        if (height < 24 || width < 24) {
            return x;
        }
        int top = random.nextInt(height / 4);
        int left = random.nextInt(width / 4);
        height -= top + random.nextInt(height / 4);
        width -= left + random.nextInt(width / 4);
        return named("crop", tf.slice(x, ints(0, top, left, 0), ints(-1, height, width, -1)));
    }

    /** {@code x[:, 3::2, ::-1]} and the like. */
    private Operand<TFloat32> strided(Operand<TFloat32> x) {
        boolean backward = random.nextBoolean();
        int stride = height > 24 && random.nextBoolean() ? 2 : 1;
        int first = random.nextInt(4);
        height = (height - first + stride - 1) / stride;
        Operand<TFloat32> rows = tf.stridedSlice(
                x,
                ints(0, first, 0),
                ints(0, 0, 0),
                ints(1, stride, backward ? -1 : 1),
                org.tensorflow.op.core.StridedSlice.beginMask(0b101L),
                org.tensorflow.op.core.StridedSlice.endMask(0b111L));
        return named("strided", rows);
    }

    private Operand<TFloat32> padded(Operand<TFloat32> x) {
        int[][] around = around();
        height += around[1][0] + around[1][1];
        width += around[2][0] + around[2][1];
        return named("pad", tf.pad(x, tf.constant(around), tf.constant(random.nextInt(2) * 0.25f)));
    }

    private Operand<TFloat32> mirrored(Operand<TFloat32> x, String mode) {
        int[][] around = around();
        height += around[1][0] + around[1][1];
        width += around[2][0] + around[2][1];
        return named(mode, tf.mirrorPad(x, tf.constant(around), mode));
    }

    private int[][] around() {
        return new int[][] {
            {0, 0},
            {random.nextInt(height / 3), random.nextInt(6)},
            {random.nextInt(6), random.nextInt(width / 3)},
            {0, 0}
        };
    }

    private Operand<TFloat32> transposed(Operand<TFloat32> x) {
        swap();
        return named("transpose", tf.linalg.transpose(x, ints(0, 2, 1, 3)));
    }

    /** As tf.image.rot90 does. */
    private Operand<TFloat32> turned(Operand<TFloat32> x) {
        swap();
        return named("rot90", tf.linalg.transpose(tf.reverse(x, ints(2)), ints(0, 2, 1, 3)));
    }

    private void swap() {
        int old = height;
        height = width;
        width = old;
    }

    private Operand<TFloat32> gathered(Operand<TFloat32> x) {
        int first = random.nextInt(5);
        int[] indices = new int[width - first];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = width - 1 - i;
        }
        width = indices.length;
        return named("gather", tf.gather(x, tf.constant(indices), tf.constant(2)));
    }

    private Operand<TFloat32> resized(Operand<TFloat32> x) {
        height = size(height);
        width = size(width);
        Operand<TInt32> size = ints(height, width);
        int convention = random.nextInt(3);
        boolean halves = convention == 0;
        boolean aligned = convention == 1;
        return named(
                "resize " + convention,
                switch (random.nextInt(4)) {
                    case 0 ->
                        tf.image.resizeBilinear(
                                x, size, ResizeBilinear.halfPixelCenters(halves), ResizeBilinear.alignCorners(aligned));
                    case 1 ->
                        tf.image.resizeBicubic(
                                x, size, ResizeBicubic.halfPixelCenters(halves), ResizeBicubic.alignCorners(aligned));
                    case 2 ->
                        tf.image.resizeNearestNeighbor(
                                x,
                                size,
                                ResizeNearestNeighbor.halfPixelCenters(halves),
                                ResizeNearestNeighbor.alignCorners(aligned));
                    default -> tf.image.resizeArea(x, size, ResizeArea.alignCorners(aligned));
                });
    }

    private int size(int before) {
        return Math.max(18, Math.min(100, before * (2 + random.nextInt(5)) / 4 + random.nextInt(3)));
    }

    private Operand<TFloat32> cropAndResize(Operand<TFloat32> x) {
        float top = random.nextFloat() * 0.4f - 0.2f;
        float left = random.nextFloat() * 0.4f - 0.2f;
        float bottom = 0.7f + random.nextFloat() * 0.5f;
        float right = 0.7f + random.nextFloat() * 0.5f;
        boolean backward = random.nextInt(3) == 0;
        float[] box = {top, backward ? right : left, bottom, backward ? left : right};
        height = size(height);
        width = size(width);
        Operand<TInt32> batch = tf.slice(tf.shape(x), ints(0), ints(1));
        Operand<TFloat32> boxes =
                tf.broadcastTo(tf.constant(new float[][] {box}), tf.concat(List.of(batch, ints(4)), tf.constant(0)));
        Operand<TInt32> images = tf.range(tf.constant(0), tf.reshape(batch, tf.constant(new int[0])), tf.constant(1));
        return named(
                "crop and resize",
                tf.image.cropAndResize(x, boxes, images, ints(height, width), new CropAndResize.Options[0]));
    }

    private Operand<TFloat32> beside(Operand<TFloat32> x) {
        int strip = 1 + random.nextInt(8);
        Operand<TInt32> shape =
                tf.concat(List.of(tf.slice(tf.shape(x), ints(0), ints(1)), ints(height, strip, 3)), tf.constant(0));
        width += strip;
        return named("concatenation", tf.concat(List.of(tf.fill(shape, tf.constant(0.1f)), x), tf.constant(2)));
    }

    private Operand<TFloat32> translated(Operand<TFloat32> x) {
        float scale = 0.6f + random.nextFloat();
        Operand<TFloat32> scales = tf.constant(new float[] {scale, 1.1f * scale});
        Operand<TFloat32> shift = tf.constant(new float[] {random.nextInt(9) - 4, 2.5f});
        height = size(height);
        width = size(width);
        return named(
                "scale and translate",
                tf.image.scaleAndTranslate(
                        x,
                        ints(height, width),
                        scales,
                        shift,
                        ScaleAndTranslate.kernelType("triangle"),
                        ScaleAndTranslate.antialias(random.nextBoolean())));
    }

    private Operand<TFloat32> projected(Operand<TFloat32> x) {
        boolean turned = random.nextBoolean();
        String fill = List.of("CONSTANT", "REFLECT", "NEAREST").get(random.nextInt(3));
        float[] transform = turned
                ? new float[] {0, 1, random.nextInt(5), -1, 0, height - 1, 0, 0}
                : new float[] {-1.25f, 0, width - 1, 0, 0.8f, random.nextInt(9) - 4, 0, 0};
        if (turned) {
            swap();
        }
        return named(
                "projection " + fill,
                tf.image.imageProjectiveTransformV3(
                        x,
                        tf.constant(new float[][] {transform}),
                        ints(height, width),
                        tf.constant(0f),
                        "BILINEAR",
                        ImageProjectiveTransformV3.fillMode(fill)));
    }

    /** Space to depth, and the depth summed away, so that three channels are left. */
    private Operand<TFloat32> rearranged(Operand<TFloat32> x) {
        if (height < 24 || width < 24) {
            return x;
        }
        height = height / 2 * 2;
        width = width / 2 * 2;
        Operand<TFloat32> even = tf.slice(x, ints(0, 0, 0, 0), ints(-1, height, width, -1));
        height /= 2;
        width /= 2;
        Operand<TFloat32> deep = tf.nn.spaceToDepth(even, 2L);
        Operand<TFloat32> blocks = tf.reshape(deep, ints(-1, height, width, 4, 3));
        return named("space to depth", tf.reduceMax(blocks, tf.constant(3)));
    }

    private Operand<TFloat32> named(String step, Operand<TFloat32> x) {
        steps.add(step + " to " + height + " x " + width);
        return x;
    }

    private Operand<TInt32> ints(int... values) {
        return tf.constant(values);
    }
}
