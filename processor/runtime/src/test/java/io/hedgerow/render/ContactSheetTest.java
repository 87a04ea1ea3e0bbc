package io.hedgerow.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContactSheetTest {
    @Test
    void shouldLayOutPicturesRowByRow() {
        List<BufferedImage> pictures =
                List.of(filled(40, 30, Color.RED), filled(40, 30, Color.GREEN), filled(20, 30, Color.BLUE));

        BufferedImage sheet = new ContactSheet(2).render("", pictures);

        assertThat(new int[] {sheet.getWidth(), sheet.getHeight()}).containsExactly(12 + 2 * 52, 12 + 2 * 42);
        assertThat(sheet.getRGB(32, 27)).isEqualTo(Color.RED.getRGB());
        assertThat(sheet.getRGB(84, 27)).isEqualTo(Color.GREEN.getRGB());
        // a smaller picture lies in the middle of its cell
        assertThat(sheet.getRGB(32, 69)).isEqualTo(Color.BLUE.getRGB());
        assertThat(sheet.getRGB(16, 69)).isEqualTo(sheet.getRGB(1, 1));
    }

    @Test
    void shouldMakeRoomForATitle() {
        List<BufferedImage> pictures = List.of(filled(200, 30, Color.RED));

        BufferedImage plain = new ContactSheet(3).render("", pictures);
        BufferedImage titled = new ContactSheet(3).render("Stained?", pictures);

        assertThat(plain.getWidth()).isEqualTo(224);
        assertThat(titled.getHeight()).isEqualTo(plain.getHeight() + 32);
        assertThat(titled.getRGB(100, 12 + 32 + 15)).isEqualTo(Color.RED.getRGB());
    }

    @Test
    void shouldRefuseASheetWithoutColumns() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ContactSheet(0));
    }

    private static BufferedImage filled(int width, int height, Color colour) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = picture.createGraphics();
        g.setColor(colour);
        g.fillRect(0, 0, width, height);
        g.dispose();
        return picture;
    }
}
