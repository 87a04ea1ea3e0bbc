package io.hedgerow.evaluate.run;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.SignedMap;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.evaluate.data.Annotations;
import io.hedgerow.evaluate.data.Mask;
import io.hedgerow.evaluate.data.Sample;
import io.hedgerow.evaluate.metrics.Region;
import io.hedgerow.evaluate.metrics.Relevance;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A picture ready to be explained: what the model takes, what is annotated, and which of its pixels the model sees where. */
final class Picture {
    private final Sample sample;
    private final Annotations annotations;
    private final ImageTensor tensor;
    private final int width;
    private final int height;
    private final int[] toPicture;

    /**
     * @param width of the picture as people see it
     * @param height the same
     */
    Picture(Sample sample, Annotations annotations, ImageTensor tensor, int width, int height) {
        this(sample, annotations, tensor, width, height, toPicture(tensor, width, height));
    }

    private Picture(
            Sample sample, Annotations annotations, ImageTensor tensor, int width, int height, int[] toPicture) {
        this.sample = sample;
        this.annotations = annotations;
        this.tensor = tensor;
        this.width = width;
        this.height = height;
        this.toPicture = toPicture;
    }

    /** The same pixels under another name, with what is annotated there. */
    Picture as(Sample other, Annotations ofOther) {
        return new Picture(other, ofOther, tensor, width, height, toPicture);
    }

    /** For each pixel of the tensor the picture's pixel under its centre, −1 beside it. */
    private static int[] toPicture(ImageTensor tensor, int width, int height) {
        TensorSpec spec = tensor.spec();
        int pixels = spec.height() * spec.width();
        float[] numbers = new float[pixels];
        for (int i = 0; i < pixels; i++) {
            numbers[i] = i;
        }
        // a map whose values say where they were, turned as maps are
        SignedMap turned = tensor.turn().apply(new SignedMap(numbers, spec.height(), spec.width(), tensor.toImage()));
        int[] toPicture = new int[pixels];
        Arrays.fill(toPicture, -1);
        for (int row = 0; row < turned.height(); row++) {
            int y = (int) Math.floor(turned.toImage().y(row + 0.5));
            for (int column = 0; column < turned.width(); column++) {
                int x = (int) Math.floor(turned.toImage().x(column + 0.5));
                if (x >= 0 && x < width && y >= 0 && y < height) {
                    toPicture[(int) turned.get(row, column)] = y * width + x;
                }
            }
        }
        return toPicture;
    }

    String name() {
        return sample.name();
    }

    Sample sample() {
        return sample;
    }

    Annotations annotations() {
        return annotations;
    }

    ImageTensor tensor() {
        return tensor;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int[] toPicture() {
        return toPicture;
    }

    /** A map with its place on the picture. */
    SignedMap onPicture(Relevance map) {
        return tensor.turn().apply(map.placed(tensor.toImage()));
    }

    /** A mask of the picture as the model sees it. */
    Region region(Mask mask, @Nullable Mask ignored) {
        BitSet inside = new BitSet(toPicture.length);
        BitSet open = new BitSet(toPicture.length);
        for (int i = 0; i < toPicture.length; i++) {
            if (toPicture[i] < 0 || (ignored != null && ignored.get(toPicture[i]))) {
                open.set(i);
            } else if (mask.get(toPicture[i])) {
                inside.set(i);
            }
        }
        return new Region(inside, open, toPicture.length);
    }

    /** A map under a Gaussian that is round on the picture. */
    Relevance smoothed(Relevance map, double share) {
        MapTransform toImage = tensor.toImage();
        double sigma = share * Math.max(width, height);
        return map.blurred(sigma / toImage.scaleX(), sigma / toImage.scaleY());
    }
}
