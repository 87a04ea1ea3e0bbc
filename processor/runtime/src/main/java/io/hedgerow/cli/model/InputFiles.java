package io.hedgerow.cli.model;

import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.image.pixels.BadImageException;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.image.pixels.Decoding;
import io.hedgerow.npy.Npy;
import io.hedgerow.npy.NpyArray;
import io.hedgerow.npy.NpyType;
import io.hedgerow.preprocess.ModelInput;
import io.hedgerow.preprocess.ModelYaml;
import io.hedgerow.preprocess.RawInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what is to be explained: an image, or an array of raw inputs. */
final class InputFiles {
    private static final String ARRAY = ".npy";

    private final ExplanationInfo info;
    private final ModelYaml settings;
    private final Path model;
    private final ImageDecoder decoder = new ImageDecoder();

    InputFiles(ExplanationInfo info, ModelYaml settings, Path model) {
        this.info = info;
        this.settings = settings;
        this.model = model;
    }

    /**
     * One thing to explain.
     *
     * @param name what its results are called
     * @param tensor the model's input
     * @param image the picture as people look at it; null for raw inputs
     * @param otherwise makes the model's input as if another decoder had read the picture, where that makes a difference
     */
    record Input(
            String name, ImageTensor tensor, @Nullable DecodedImage image, Supplier<Optional<ImageTensor>> otherwise) {}

    /** At least one input. */
    List<Input> read(Path file) throws UnusableFileException {
        try {
            return file.toString().endsWith(ARRAY) ? array(file) : List.of(image(file));
        } catch (BadImageException e) {
            throw new UnusableFileException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            String reason = Files.exists(file) ? String.valueOf(e.getMessage()) : "there is no such file";
            throw new UnusableFileException(file + ": " + reason, e);
        }
    }

    private Input image(Path file) throws IOException, BadImageException {
        byte[] bytes = Files.readAllBytes(file);
        DecodedImage image = decoder.decode(bytes, settings.input().decoder(), channels());
        TensorSpec spec = ModelInput.of(info, settings.input(), image, model);
        try {
            return new Input(
                    stem(file), settings.input().apply(image, spec), image.upright(), () -> otherwise(bytes, spec));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The same picture by the other decoder, where that makes a difference. */
    private Optional<ImageTensor> otherwise(byte[] bytes, TensorSpec spec) {
        Decoding other = settings.input().decoder() == Decoding.ACCURATE ? Decoding.TENSORFLOW : Decoding.ACCURATE;
        try {
            return ImageDecoder.isByDecoder(bytes)
                    ? Optional.of(settings.input().apply(decoder.decode(bytes, other, channels()), spec))
                    : Optional.empty();
        } catch (BadImageException e) {
            return Optional.empty();
        }
    }

    private int channels() {
        return Math.toIntExact(info.input().channels());
    }

    private List<Input> array(Path file) throws IOException, BadImageException {
        NpyArray array = Npy.read(file);
        int[] shape = array.shape();
        ElementType type = array.type() == NpyType.UINT8 ? ElementType.UINT8 : ElementType.FLOAT32;
        boolean known = array.type() == NpyType.UINT8 || array.type() == NpyType.FLOAT32;
        int[] one = picture(shape);
        if (one.length != 3 || shape[0] < 1 || !known || type != ModelInput.type(info)) {
            throw new IOException("holds %s of shape %s; the model takes N x %s of %s"
                    .formatted(
                            array.type().descr(),
                            Arrays.toString(shape),
                            info.input().channelsFirst() ? "C x H x W" : "H x W x C",
                            ModelInput.type(info) == ElementType.UINT8 ? "uint8" : "float32"));
        }
        boolean free = info.input().height() < 1 || info.input().width() < 1;
        TensorSpec spec = free ? ModelInput.of(info, one) : ModelInput.of(info, settings.input(), model);
        ByteBuffer data = array.data();
        int bytes = data.remaining() / shape[0];
        List<Input> inputs = new ArrayList<>();
        for (int i = 0; i < shape[0]; i++) {
            ByteBuffer slice = data.slice(i * bytes, bytes);
            inputs.add(new Input(stem(file) + "-" + i, RawInput.of(slice, type, one, spec), null, Optional::empty));
        }
        return inputs;
    }

    /** Of one input; where an array has no axis for the only channel, or none but one of pixels, with the model's. */
    private int[] picture(int[] array) {
        int[] one = Arrays.copyOfRange(array, Math.min(1, array.length), array.length);
        ExplanationInfo.Input input = info.input();
        if (one.length == 2 && input.channels() == 1) {
            return new int[] {one[0], one[1], 1};
        }
        boolean isFlat = one.length == 1 && one[0] > 0 && one[0] == input.height() * input.width() * input.channels();
        return isFlat ? new int[] {(int) input.height(), (int) input.width(), (int) input.channels()} : one;
    }

    private static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
