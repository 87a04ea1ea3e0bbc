package io.hedgerow.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page's colours of relevance, as they stand in its palette. */
class PaletteTest {
    private static final Pattern COLOUR = Pattern.compile("#([0-9a-f]{6})");
    /** CIE 1976: a step of lightness that is seen. */
    private static final double SEEN = 2;

    @ParameterizedTest
    @CsvSource({
        "LIGHT, warm, -1",
        "LIGHT, cool, -1",
        "DARK, warm, 1",
        "DARK, cool, 1",
        "OVERLAY, warm, -1",
        "OVERLAY, cool, -1"
    })
    void shouldGoOneWayInLightness(String palette, String side, int way) throws IOException {
        List<double[]> stops = stops(palette, side);

        assertThat(stops).hasSizeGreaterThan(3);
        for (int i = 1; i < stops.size(); i++) {
            assertThat(way * (stops.get(i)[0] - stops.get(i - 1)[0]))
                    .as("%s.%s from stop %d", palette, side, i - 1)
                    .isGreaterThan(SEEN);
        }
    }

    @ParameterizedTest
    @CsvSource({"LIGHT", "DARK"})
    void shouldBeginAtTheSameColourAndGrowAlikeOnBothSides(String palette) throws IOException {
        List<double[]> warm = stops(palette, "warm");
        List<double[]> cool = stops(palette, "cool");

        assertThat(warm.get(0)).isEqualTo(cool.get(0));
        assertThat(warm).hasSameSizeAs(cool);
        for (int i = 0; i < warm.size(); i++) {
            assertThat(Math.abs(warm.get(i)[0] - cool.get(i)[0]))
                    .as("stop %d", i)
                    .isLessThan(8);
        }
    }

    /** Who sees no difference between red and green sees b*: yellow against blue. */
    @ParameterizedTest
    @CsvSource({"LIGHT", "DARK", "OVERLAY"})
    void shouldTellWarmFromCoolWithoutRedAndGreen(String palette) throws IOException {
        List<double[]> warm = stops(palette, "warm");
        List<double[]> cool = stops(palette, "cool");

        for (int i = palette.equals("OVERLAY") ? 0 : 1; i < warm.size(); i++) {
            assertThat(warm.get(i)[2] - cool.get(i)[2]).as("stop %d", i).isGreaterThan(20);
        }
    }

    @Test
    void shouldSinkNothingStrongIntoItsGround() throws IOException {
        for (String side : List.of("warm", "cool")) {
            List<double[]> light = stops("LIGHT", side);
            List<double[]> dark = stops("DARK", side);

            assertThat(light.get(0)[0] - light.get(light.size() - 1)[0]).isGreaterThan(50);
            assertThat(dark.get(dark.size() - 1)[0] - dark.get(0)[0]).isGreaterThan(50);
        }
    }

    /** L*, a*, b* of a side's stops, from no relevance to all. */
    private static List<double[]> stops(String palette, String side) throws IOException {
        try (InputStream file = PaletteTest.class.getResourceAsStream("/io/hedgerow/dashboard/palette.js")) {
            String script = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            Matcher list = Pattern.compile(
                            "export const " + palette + " = \\{.*?" + side + ": \\[(.*?)]", Pattern.DOTALL)
                    .matcher(script);
            assertThat(list.find()).as("%s.%s", palette, side).isTrue();
            List<double[]> stops = new ArrayList<>();
            COLOUR.matcher(list.group(1))
                    .results()
                    .forEach(colour -> stops.add(lab(Integer.parseInt(colour.group(1), 16))));
            return stops;
        }
    }

    /** CIE 1976 L*a*b* of an sRGB colour, under D65. */
    private static double[] lab(int rgb) {
        double red = linear(rgb >> 16 & 0xff);
        double green = linear(rgb >> 8 & 0xff);
        double blue = linear(rgb & 0xff);
        double x = f((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505);
        double y = f(0.2126 * red + 0.7152 * green + 0.0722 * blue);
        double z = f((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.0890);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double linear(int channel) {
        double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static double f(double t) {
        return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116.0;
    }
}
