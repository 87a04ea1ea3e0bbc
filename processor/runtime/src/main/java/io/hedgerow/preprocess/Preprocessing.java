package io.hedgerow.preprocess;

import io.hedgerow.attribution.Box;
import io.hedgerow.attribution.MapTransform;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.image.pixels.Decoding;
import io.hedgerow.image.pixels.Luma;
import io.hedgerow.image.pixels.Pixels;
import io.hedgerow.image.resampling.Resampler;
import io.hedgerow.image.resampling.Resampling;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Way of a decoded picture to what a model takes, as the {@code input} section of model.yaml says: cut and resized,
 * its channels put in order, its values brought to a range and standardised. For one-channel models the picture is made
 * grey first (ITU-R BT.601 luma, rounded to 8 bits as Pillow does); 16-bit grey keeps its depth where such a model takes
 * floats: a level of 0 to 65,535 is divided by 257 and never rounded. Immutable.
 */
public final class Preprocessing {
    private static final List<Double> FULL_RANGE = List.of(0.0, 255.0);
    private static final List<Double> ZERO = List.of(0.0);
    private static final List<Double> ONE = List.of(1.0);

    private static final int MAX_SIDE = 1 << 14;

    private final @Nullable List<Integer> size;
    private final Resize resize;
    private final Resampling resampling;
    private final ChannelOrder channels;
    private final List<Double> range;
    private final List<Double> mean;
    private final List<Double> std;
    private final Decoding decoder;

    Preprocessing(InputSettings settings) {
        size = settings.size();
        resize = or(settings.resize(), Resize.STRETCH);
        resampling = or(settings.resampling(), Resampling.TENSORFLOW);
        channels = or(settings.channels(), ChannelOrder.RGB);
        range = or(settings.range(), FULL_RANGE);
        mean = or(settings.mean(), ZERO);
        std = or(settings.std(), ONE);
        decoder = or(settings.decoder(), Decoding.ACCURATE);
        if (size != null && (size.size() != 2 || size.stream().anyMatch(side -> side < 1 || side > MAX_SIDE))) {
            throw new IllegalArgumentException(
                    "size is %s; it takes height and width, each from 1 to %d".formatted(size, MAX_SIDE));
        }
        checkFinite("range", range);
        checkFinite("mean", mean);
        checkFinite("std", std);
        if (range.size() != 2 || range.get(0) >= range.get(1)) {
            throw new IllegalArgumentException("range is %s; it takes two numbers, the smaller first".formatted(range));
        }
        if (std.stream().anyMatch(s -> s <= 0)) {
            throw new IllegalArgumentException("std is %s; every number must be above 0".formatted(std));
        }
    }

    /** The whole picture, stretched as TensorFlow does it, RGB, values 0 to 255. */
    public static Preprocessing defaults() {
        return new Preprocessing(new InputSettings(null, null, null, null, null, null, null, null));
    }

    /** Whose decoder the classifier's pictures go through. */
    public Decoding decoder() {
        return decoder;
    }

    /** Height and width to bring pictures to, for models that take any; empty if none are set. */
    public Optional<List<Integer>> size() {
        return Optional.ofNullable(size);
    }

    /**
     * Says whether these settings suit a model; to be asked when the model is loaded.
     *
     * @throws IllegalArgumentException if not; the message says which setting does not fit and why
     */
    public void check(TensorSpec spec) {
        int depth = spec.channels();
        if (depth != 1 && depth != 3) {
            throw new IllegalArgumentException(
                    "the model takes %d channels; pictures have 1 or 3: send raw tensors".formatted(depth));
        }
        if (depth == 1 && channels == ChannelOrder.BGR) {
            throw new IllegalArgumentException("channels: bgr, but the model takes one channel");
        }
        if (size != null && !size.equals(List.of(spec.height(), spec.width()))) {
            throw new IllegalArgumentException("size is %s, but the model takes %s".formatted(size, spec));
        }
        checkPerChannel("mean", mean, depth);
        checkPerChannel("std", std, depth);
        if (spec.type() == ElementType.UINT8 && !(range.equals(FULL_RANGE) && mean.equals(ZERO) && std.equals(ONE))) {
            throw new IllegalArgumentException("the model takes uint8, 0 to 255: range, mean and std can't be set");
        }
    }

    /** Makes the tensor, in a buffer of its own. */
    public ImageTensor apply(DecodedImage image, TensorSpec spec) {
        ByteBuffer data = ByteBuffer.allocate(spec.bytes()).order(ByteOrder.nativeOrder());
        MapTransform toImage = apply(image, spec, data);
        return new ImageTensor(data.flip(), spec, toImage, image.turn());
    }

    /**
     * Makes the tensor in a buffer of the caller's.
     *
     * @param into in native byte order; written from its position on, which moves by {@link TensorSpec#bytes()}
     * @return from tensor coordinates to pixels of the image
     * @throws IllegalArgumentException if these settings do not suit the spec ({@link #check})
     */
    public MapTransform apply(DecodedImage image, TensorSpec spec, ByteBuffer into) {
        check(spec);
        if (into.order() != ByteOrder.nativeOrder() || into.remaining() < spec.bytes()) {
            throw new IllegalArgumentException("%s takes %d bytes in native order, got %s in %s"
                    .formatted(spec, spec.bytes(), into, into.order()));
        }
        int depth = spec.channels();
        Box crop = resize.crop(image.width(), image.height(), spec);
        TensorWriter writer = writer(spec, into);
        Resampler resampler = resampling.resampler();
        char[] deepGrey = image.deepGrey();
        if (deepGrey != null && depth == 1 && spec.type() == ElementType.FLOAT32) {
            DeepGrey part = new DeepGrey(deepGrey, image.width(), crop);
            part.resize(resampler, spec.width(), spec.height(), writer::row);
        } else {
            byte[] samples = depth == 1 ? Luma.of(image.pixels()) : image.pixels();
            Pixels part = new Pixels(samples, image.width(), depth, crop);
            resampler.resize(part, spec.width(), spec.height(), writer::row);
        }
        return MapTransform.onto(spec.width(), spec.height(), crop);
    }

    private TensorWriter writer(TensorSpec spec, ByteBuffer into) {
        int depth = spec.channels();
        float[] scale = new float[depth];
        float[] offset = new float[depth];
        double low = range.get(0);
        double high = range.get(1);
        for (int c = 0; c < depth; c++) {
            double deviation = perChannel(std, c);
            scale[c] = (float) ((high - low) / 255 / deviation);
            offset[c] = (float) ((low - perChannel(mean, c)) / deviation);
        }
        return new TensorWriter(into, spec, channels == ChannelOrder.BGR, scale, offset);
    }

    private static double perChannel(List<Double> values, int channel) {
        return values.get(values.size() == 1 ? 0 : channel);
    }

    private static void checkFinite(String name, List<Double> values) {
        if (!values.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("%s is %s; every number must be finite".formatted(name, values));
        }
    }

    private static void checkPerChannel(String name, List<Double> values, int depth) {
        if (values.size() != 1 && values.size() != depth) {
            throw new IllegalArgumentException("%s is %s; the model takes %d channels, so it needs 1 or %d numbers"
                    .formatted(name, values, depth, depth));
        }
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
