package io.hedgerow.planted;

import java.util.List;
import java.util.Random;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.op.image.ResizeNearestNeighbor;
import org.tensorflow.types.TFloat32;

/** What a model does to the picture before its first convolution. */
enum Step {
    NONE,
    RESCALE,
    NORMALISE,
    SWAP_CHANNELS,
    RESIZE_BILINEAR,
    RESIZE_NEAREST,
    /** With the corners' centres on each other, as TensorFlow 1 did. */
    RESIZE_ALIGNED,
    /** With the upper left corners on each other, as TensorFlow 1 did by default. */
    RESIZE_LEGACY,
    /** Every second pixel of every second row. */
    SUBSAMPLED,
    CENTRE_CROP,
    CROPPING,
    PAD_ZERO,
    PAD_CONSTANT,
    PAD_REFLECT,
    LETTERBOX,
    MIRROR,
    UPSIDE_DOWN,
    ROTATE,
    TRANSPOSE,
    /** The two overlapping halves, each seen by every network. */
    TWO_CROPS,
    /** The picture and its mirror image, each seen by every network. */
    MIRRORED_TOO,
    /** The picture and a smaller one, each seen by every network. */
    TWO_SCALES;

    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

    /** Pixels that it takes one of. */
    int stride() {
        return this == SUBSAMPLED ? 2 : 1;
    }

    /** Adds the step behind a view; some make two of it. */
    List<View> after(View view, Layers layers, Random random) {
        Signal x = view.signal();
        Ops tf = layers.tf();
        return switch (this) {
            case NONE -> List.of(view);
            case RESCALE -> List.of(rescaled(view, tf));
            case NORMALISE -> List.of(normalised(view, layers));
            case SWAP_CHANNELS -> List.of(swapped(view, tf));
            case SUBSAMPLED -> List.of(view.to(layers.part(x, 0, 0, x.height(), x.width(), 2), 0.5));
            case RESIZE_BILINEAR, RESIZE_NEAREST, RESIZE_ALIGNED, RESIZE_LEGACY ->
                List.of(resized(view, layers, size(x.height(), random), size(x.width(), random)));
            case CENTRE_CROP -> {
                int height = part(x.height(), random);
                int width = part(x.width(), random);
                int top = (x.height() - height) / 2;
                int left = (x.width() - width) / 2;
                yield List.of(view.to(layers.part(x, top, left, top + height, left + width, 1)));
            }
            case CROPPING -> {
                int height = part(x.height(), random);
                int width = part(x.width(), random);
                int top = random.nextInt(x.height() - height + 1);
                int left = random.nextInt(x.width() - width + 1);
                yield List.of(cropped(view, tf, top, left, height, width));
            }
            case PAD_ZERO, PAD_CONSTANT, PAD_REFLECT ->
                List.of(padded(
                        view,
                        layers,
                        border(x.height(), random),
                        border(x.width(), random),
                        border(x.height(), random),
                        border(x.width(), random)));
            case LETTERBOX -> List.of(letterboxed(view, layers, size(Math.max(x.height(), x.width()), random)));
            case MIRROR -> List.of(reversed(view, tf, x.columns()));
            case UPSIDE_DOWN -> List.of(reversed(view, tf, x.rows()));
            case TRANSPOSE -> List.of(turned(view, tf));
            case ROTATE -> {
                View turned = turned(view, tf);
                yield List.of(reversed(turned, tf, random.nextBoolean() ? x.rows() : x.columns()));
            }
            case TWO_CROPS -> {
                int width = x.width() * 3 / 5;
                int height = x.height() * 3 / 5;
                yield random.nextBoolean()
                        ? List.of(
                                cropped(view, tf, 0, 0, x.height(), width),
                                cropped(view, tf, 0, x.width() - width, x.height(), width))
                        : List.of(
                                cropped(view, tf, 0, 0, height, x.width()),
                                cropped(view, tf, x.height() - height, 0, height, x.width()));
            }
            case MIRRORED_TOO -> List.of(view, reversed(view, tf, x.columns()));
            case TWO_SCALES -> List.of(view, resized(view, layers, x.height() * 3 / 4, x.width() * 3 / 4));
        };
    }

    private static int part(int size, Random random) {
        return size * 65 / 100 + random.nextInt(size / 5);
    }

    private static int border(int size, Random random) {
        return random.nextInt(size / 2);
    }

    private static int size(int size, Random random) {
        return Math.min(128, size * 9 / 10 + random.nextInt(size / 2));
    }

    private static View rescaled(View view, Ops tf) {
        boolean bytes = view.scale()[0] > 10;
        float factor = bytes ? 1 / 127.5f : 2f;
        float shift = -1;
        return affine(
                view,
                view.signal()
                        .to(tf.math.add(tf.math.mul(view.signal().value(), tf.constant(factor)), tf.constant(shift))),
                new float[] {factor, factor, factor},
                new float[] {shift, shift, shift});
    }

    private static View normalised(View view, Layers layers) {
        Signal x = view.signal();
        float[] mean = new float[3];
        float[] deviation = new float[3];
        float[] factor = new float[3];
        float[] shift = new float[3];
        for (int i = 0; i < 3; i++) {
            mean[i] = view.scale()[i] * MEAN[view.channel()[i]] + view.offset()[i];
            deviation[i] = view.scale()[i] * DEVIATION[view.channel()[i]];
            factor[i] = 1 / deviation[i];
            shift[i] = -mean[i] / deviation[i];
        }
        long[] shape = x.channelsFirst() ? new long[] {1, 3, 1, 1} : new long[] {3};
        Operand<TFloat32> centred = layers.tf().math.sub(x.value(), layers.constant(mean, shape));
        return affine(view, x.to(layers.tf().math.div(centred, layers.constant(deviation, shape))), factor, shift);
    }

    private static View affine(View view, Signal changed, float[] factor, float[] shift) {
        float[] scale = new float[3];
        float[] offset = new float[3];
        for (int i = 0; i < 3; i++) {
            scale[i] = view.scale()[i] * factor[i];
            offset[i] = view.offset()[i] * factor[i] + shift[i];
        }
        return new View(changed, view.channel(), scale, offset, view.enlargement());
    }

    private static View swapped(View view, Ops tf) {
        Operand<TFloat32> swapped = tf.reverse(
                view.signal().value(), tf.constant(new int[] {view.signal().depth()}));
        return new View(
                view.signal().to(swapped),
                new int[] {view.channel()[2], view.channel()[1], view.channel()[0]},
                new float[] {view.scale()[2], view.scale()[1], view.scale()[0]},
                new float[] {view.offset()[2], view.offset()[1], view.offset()[0]},
                view.enlargement());
    }

    private View resized(View view, Layers layers, int height, int width) {
        Signal x = view.signal();
        Operand<TFloat32> v = layers.channelsLast(x);
        var size = layers.tf().constant(new int[] {height, width});
        Operand<TFloat32> y = this == RESIZE_NEAREST
                ? layers.tf().image.resizeNearestNeighbor(v, size, ResizeNearestNeighbor.halfPixelCenters(true))
                : layers.tf()
                        .image
                        .resizeBilinear(
                                v,
                                size,
                                ResizeBilinear.halfPixelCenters(this != RESIZE_ALIGNED && this != RESIZE_LEGACY),
                                ResizeBilinear.alignCorners(this == RESIZE_ALIGNED));
        return view.to(
                layers.as(x, y, height, width, x.channels()),
                Math.min((double) height / x.height(), (double) width / x.width()));
    }

    private static View cropped(View view, Ops tf, int top, int left, int height, int width) {
        Signal x = view.signal();
        Operand<TFloat32> part = tf.slice(
                x.value(), tf.constant(x.ordered(0, top, left, 0)), tf.constant(x.ordered(-1, height, width, -1)));
        return view.to(x.to(part, height, width));
    }

    private View padded(View view, Layers layers, int top, int left, int bottom, int right) {
        Signal x = view.signal();
        var paddings = layers.paddings(x.ordered(0, top, left, 0), x.ordered(0, bottom, right, 0));
        Ops tf = layers.tf();
        Operand<TFloat32> y =
                switch (this) {
                    case PAD_REFLECT -> tf.mirrorPad(x.value(), paddings, "REFLECT");
                    case PAD_ZERO -> tf.pad(x.value(), paddings, tf.constant(0f));
                    default -> tf.pad(x.value(), paddings, tf.constant(view.pale(0.45f)));
                };
        return view.to(x.to(y, x.height() + top + bottom, x.width() + left + right));
    }

    /** The whole picture in the middle of a square, its shape kept. */
    private View letterboxed(View view, Layers layers, int side) {
        Signal x = view.signal();
        int longest = Math.max(x.height(), x.width());
        int height = x.height() * side / longest;
        int width = x.width() * side / longest;
        int top = (side - height) / 2;
        int left = (side - width) / 2;
        View inner = resized(view, layers, height, width);
        return padded(inner, layers, top, left, side - height - top, side - width - left);
    }

    private static View reversed(View view, Ops tf, int axis) {
        Signal x = view.signal();
        return view.to(new Signal(
                tf.reverse(x.value(), tf.constant(new int[] {axis})), x.channelsFirst(), x.height(), x.width(), 3));
    }

    private static View turned(View view, Ops tf) {
        Signal x = view.signal();
        int[] order = {0, 1, 2, 3};
        order[x.rows()] = x.columns();
        order[x.columns()] = x.rows();
        return view.to(new Signal(
                tf.linalg.transpose(x.value(), tf.constant(order)), x.channelsFirst(), x.width(), x.height(), 3));
    }
}
