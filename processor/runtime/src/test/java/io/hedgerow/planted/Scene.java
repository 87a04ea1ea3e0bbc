package io.hedgerow.planted;

import io.hedgerow.attribution.Box;
import io.hedgerow.image.pixels.DecodedImage;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/** A picture like a photograph of pale things: light and shade at all scales, edges, noise, and patches of strong colour. */
final class Scene {
    private static final int WAVES = 14;
    private static final int THINGS = 5;
    private static final float DARKEST = 0.08f;
    private static final float BRIGHTEST = 0.92f;

    final int width;
    final int height;
    private final int[] background;
    private final List<Patch> patches;

    /** A rectangle of one colour. */
    record Patch(Colour colour, Box box) {}

    private Scene(int width, int height, int[] background, List<Patch> patches) {
        this.width = width;
        this.height = height;
        this.background = background;
        this.patches = patches;
    }

    static Scene of(Random random, int width, int height) {
        float[] tint = new float[width * height * 3];
        for (int channel = 0; channel < 3; channel++) {
            addWaves(random, tint, width, height, channel, 1, 2, 0.03);
        }
        float[] shade = new float[width * height];
        addWaves(random, shade, width, height, 0, WAVES, 7, 0.35);
        addThings(random, shade, width, height);
        int[] background = new int[shade.length];
        for (int i = 0; i < shade.length; i++) {
            int pixel = i * 3;
            float grey = (float) (0.5 + shade[i] + 0.02 * random.nextGaussian());
            background[i] = rgb(channel -> Math.max(DARKEST, Math.min(BRIGHTEST, grey + tint[pixel + channel])));
        }
        return new Scene(width, height, background, List.of());
    }

    private static void addWaves(
            Random random, float[] to, int width, int height, int channel, int waves, int finest, double amplitude) {
        int step = to.length / (width * height);
        for (int wave = 0; wave < waves; wave++) {
            double cycles = 0.5 + finest * Math.pow(random.nextDouble(), 2);
            double angle = Math.PI * random.nextDouble();
            double phase = 2 * Math.PI * random.nextDouble();
            double across = 2 * Math.PI * cycles * Math.cos(angle) / width;
            double down = 2 * Math.PI * cycles * Math.sin(angle) / height;
            for (int y = 0, i = channel; y < height; y++) {
                for (int x = 0; x < width; x++, i += step) {
                    to[i] += (float) (amplitude / Math.sqrt(waves) / cycles * Math.sin(across * x + down * y + phase));
                }
            }
        }
    }

    private static void addThings(Random random, float[] shade, int width, int height) {
        for (int thing = 0; thing < THINGS; thing++) {
            int left = random.nextInt(width);
            int top = random.nextInt(height);
            int right = Math.min(width, left + 2 + random.nextInt(width / 3));
            int bottom = Math.min(height, top + 2 + random.nextInt(height / 3));
            float difference = 0.4f * (random.nextFloat() - 0.5f);
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++) {
                    shade[y * width + x] += difference;
                }
            }
        }
    }

    List<Patch> patches() {
        return patches;
    }

    /** The same picture with one patch more. */
    Scene with(Patch patch) {
        List<Patch> more = new ArrayList<>(patches);
        more.add(patch);
        return new Scene(width, height, background, List.copyOf(more));
    }

    /** The same picture without some of its patches. */
    Scene without(List<Patch> some) {
        return new Scene(
                width,
                height,
                background,
                patches.stream().filter(patch -> !some.contains(patch)).toList());
    }

    DecodedImage image() {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, width, height, background, 0, width);
        for (Patch patch : patches) {
            Box box = patch.box();
            int[] pixels = new int[box.width() * box.height()];
            Arrays.fill(pixels, rgb(patch.colour()::value));
            picture.setRGB(box.x(), box.y(), box.width(), box.height(), pixels, 0, box.width());
        }
        return DecodedImage.of(picture);
    }

    private static int rgb(IntFunction<Float> value) {
        int rgb = 0;
        for (int channel = 0; channel < 3; channel++) {
            rgb = rgb << 8 | Math.round(255 * value.apply(channel));
        }
        return rgb;
    }
}
