package io.hedgerow.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.attribution.Box;
import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.SignedMap;
import io.hedgerow.image.pixels.DecodedImage;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeatMapRendererTest {
    private static final int GREY = 0x808080;
    private static final DecodedImage PICTURE = grey(100, 50);
    private final HeatMapRenderer renderer = new HeatMapRenderer(200);

    @Test
    void shouldPaintEvidenceWarmAndSuppressionCool() {
        float[] values = new float[10 * 20];
        block(values, 2, 3, 1);
        block(values, 2, 14, -1);

        BufferedImage picture = renderer.render(overlay(onPicture(values), "", ""));

        assertThat(warmth(picture, 45, 35)).isGreaterThan(100);
        assertThat(warmth(picture, 155, 35)).isLessThan(-100);
    }

    @Test
    void shouldLeaveThePictureWhereTheMapSaysNothing() {
        float[] values = new float[10 * 20];
        block(values, 2, 3, 1);

        BufferedImage picture = renderer.render(overlay(onPicture(values), "", ""));
        BufferedImage plain = renderer.render(overlay(onPicture(new float[10 * 20]), "", ""));

        assertThat(picture.getRGB(155, 35)).isEqualTo(plain.getRGB(155, 35));
        assertThat(warmth(plain, 45, 35)).isZero();
    }

    @Test
    void shouldNotLetAHotCellDimTheRest() {
        float[] values = new float[100 * 200];
        for (int i = 0; i < 40; i++) {
            for (int x = 0; x < 40; x++) {
                values[(30 + i) * 200 + 20 + x] = 1;
            }
        }
        int before = warmth(renderer.render(overlay(fine(values), "", "")), 40, 50);
        values[80 * 200 + 180] = 1000;

        int after = warmth(renderer.render(overlay(fine(values), "", "")), 40, 50);

        assertThat(before).isGreaterThan(100);
        assertThat(after).isGreaterThan(100);
    }

    @Test
    void shouldDarkenWhatTheModelDidNotSee() {
        SignedMap middle = new SignedMap(new float[25], 5, 5, MapTransform.onto(5, 5, new Box(25, 0, 50, 50)));

        BufferedImage picture = renderer.render(overlay(middle, "", ""));

        assertThat(picture.getRGB(20, 50) & 0xff).isLessThan((picture.getRGB(100, 50) & 0xff) / 2);
        assertThat(picture.getRGB(180, 50)).isEqualTo(picture.getRGB(20, 50));
    }

    @Test
    void shouldKeepTheShapeOfThePictureWhateverItsSize() {
        BufferedImage wide = renderer.render(overlay(onPicture(new float[10 * 20]), "", ""));
        DecodedImage tall = grey(30, 1200);
        BufferedImage narrow = renderer.render(new Overlay(
                tall, new SignedMap(new float[1], 1, 1, MapTransform.stretch(1, 1, 30, 1200)), List.of(), "", ""));

        assertThat(new int[] {wide.getWidth(), wide.getHeight()}).containsExactly(200, 100);
        assertThat(new int[] {narrow.getWidth(), narrow.getHeight()}).containsExactly(5, 200);
    }

    @Test
    void shouldWriteACaptionBelowThePicture() {
        BufferedImage plain = renderer.render(overlay(onPicture(new float[10 * 20]), "", ""));
        BufferedImage empty = renderer.render(overlay(onPicture(new float[10 * 20]), " ", ""));
        BufferedImage captioned = renderer.render(overlay(onPicture(new float[10 * 20]), "scratch", "93 %"));

        assertThat(captioned.getHeight()).isGreaterThan(plain.getHeight() + 20);
        assertThat(captioned.getRGB(150, 50)).isEqualTo(plain.getRGB(150, 50));
        assertThat(brightPixels(captioned, 100)).isGreaterThan(brightPixels(empty, 100) + 50);
    }

    @Test
    void shouldDrawBoxesInPixelsOfTheImage() {
        SignedMap map = onPicture(new float[10 * 20]);
        Overlay.Mark mark = new Overlay.Mark(new Box(10, 10, 30, 20), true, "");

        BufferedImage picture = renderer.render(new Overlay(PICTURE, map, List.of(mark), "", ""));

        assertThat(picture.getRGB(20, 40) & 0xff).isGreaterThan(200);
        assertThat(picture.getRGB(50, 20) & 0xff).isGreaterThan(200);
        assertThat(picture.getRGB(50, 40)).isEqualTo(picture.getRGB(150, 40));
    }

    private static Overlay overlay(SignedMap map, String title, String detail) {
        return new Overlay(PICTURE, map, List.of(), title, detail);
    }

    private static SignedMap onPicture(float[] values) {
        return new SignedMap(values, 10, 20, MapTransform.stretch(20, 10, 100, 50));
    }

    private static SignedMap fine(float[] values) {
        return new SignedMap(values, 100, 200, MapTransform.stretch(200, 100, 100, 50));
    }

    private static void block(float[] values, int row, int column, float value) {
        for (int y = row; y < row + 3; y++) {
            for (int x = column; x < column + 3; x++) {
                values[y * 20 + x] = value;
            }
        }
    }

    private static DecodedImage grey(int width, int height) {
        byte[] rgb = new byte[width * height * 3];
        java.util.Arrays.fill(rgb, (byte) GREY);
        return new DecodedImage(rgb, width, height);
    }

    /** Red minus blue. */
    private static int warmth(BufferedImage picture, int x, int y) {
        int rgb = picture.getRGB(x, y);
        return (rgb >> 16 & 0xff) - (rgb & 0xff);
    }

    private static int brightPixels(BufferedImage picture, int fromRow) {
        int bright = 0;
        for (int y = fromRow; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                bright += (picture.getRGB(x, y) >> 8 & 0xff) > 100 ? 1 : 0;
            }
        }
        return bright;
    }
}
