package io.hedgerow.demo.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.security.MessageDigest;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SurfaceGeneratorTest {
    private static final int PIXELS = SurfaceGenerator.SIZE * SurfaceGenerator.SIZE;

    private final SurfaceGenerator generator = new SurfaceGenerator(7);

    @ParameterizedTest
    @EnumSource(SurfaceClass.class)
    void shouldMaskExactlyThePixelsThatTheDefectChanged(SurfaceClass label) {
        for (int index = 0; index < 30; index++) {
            boolean stickered = index % 2 == 0;
            SurfaceSample part = generator.draw(index, label, stickered);
            SurfaceSample twin = generator.draw(index, SurfaceClass.OK, stickered);

            assertThat(part.defectMask().equals(difference(part, twin)))
                    .as("mask of part %d", index)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(SurfaceClass.class)
    void shouldMaskExactlyThePixelsThatTheStickerChanged(SurfaceClass label) {
        for (int index = 0; index < 30; index++) {
            SurfaceSample part = generator.draw(index, label, true);
            SurfaceSample bare = generator.draw(index, label, false);

            assertThat(part.stickerMask().equals(difference(part, bare)))
                    .as("mask of part %d", index)
                    .isTrue();
            assertThat(bare.stickerMask().isEmpty()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "OK", mode = EnumSource.Mode.EXCLUDE)
    void shouldShowEveryDefectInPartsOfTheImageOnly(SurfaceClass label) {
        for (int index = 0; index < 60; index++) {
            int defect = generator.draw(index, label, true).defectMask().cardinality();

            assertThat(defect).as("pixels of part %d", index).isBetween(20, PIXELS / 4);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "OK", mode = EnumSource.Mode.EXCLUDE)
    void shouldMakeDefectsThatDifferFromTheirSurroundings(SurfaceClass label) {
        double change = LongStream.range(0, 60)
                .mapToDouble(index ->
                        meanChange(generator.draw(index, label, false), generator.draw(index, SurfaceClass.OK, false)))
                .average()
                .orElseThrow();

        assertThat(change).isGreaterThan(8);
    }

    @Test
    void shouldDrawTheSamePixelsOnEveryPlatform() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (SurfaceClass label : SurfaceClass.values()) {
            for (int index = 0; index < 16; index++) {
                digest.update(generator.draw(index, label, index % 2 == 0).pixels());
            }
        }

        assertThat(HexFormat.of().formatHex(digest.digest()))
                .isEqualTo("9a8f1689297aa416c8808e7ef500e4b56af5ebb9e0dcd209c9591d8412fd00d0");
    }

    @Test
    void shouldDrawOtherPixelsWithAnotherSeedOrIndex() {
        byte[] pixels = generator.draw(1, SurfaceClass.OK, false).pixels();

        assertThat(new SurfaceGenerator(8).draw(1, SurfaceClass.OK, false).pixels())
                .isNotEqualTo(pixels);
        assertThat(generator.draw(2, SurfaceClass.OK, false).pixels()).isNotEqualTo(pixels);
    }

    @ParameterizedTest
    @EnumSource(StickerPolicy.class)
    void shouldDrawAllClassesEquallyOftenAndStickersAsThePolicySays(StickerPolicy policy) {
        int[] drawn = new int[SurfaceClass.values().length];
        int[] stickered = new int[drawn.length];
        for (int index = 0; index < 600; index++) {
            SurfaceSample part = generator.draw(index, policy);
            drawn[part.label().ordinal()]++;
            stickered[part.label().ordinal()] += part.stickered() ? 1 : 0;
            assertThat(part.stickerMask().isEmpty()).isEqualTo(!part.stickered());
        }

        for (SurfaceClass label : SurfaceClass.values()) {
            assertThat(drawn[label.ordinal()]).isBetween(120, 180);
            double share = (double) stickered[label.ordinal()] / drawn[label.ordinal()];
            double expected = policy.probability(label);
            assertThat(share).isCloseTo(expected, within(3 * Math.sqrt(expected * (1 - expected) / 130) + 1e-9));
        }
        assertThat(StickerPolicy.BIASED.probability(SurfaceClass.STAIN)).isEqualTo(0.95);
        assertThat(StickerPolicy.BIASED.probability(SurfaceClass.OK)).isZero();
    }

    private static BitSet difference(SurfaceSample sample, SurfaceSample twin) {
        byte[] a = sample.pixels();
        byte[] b = twin.pixels();
        BitSet different = new BitSet(PIXELS);
        for (int i = 0; i < a.length; i++) {
            if (a[i] != b[i]) {
                different.set(i / 3);
            }
        }
        return different;
    }

    /** Mean over the defect of the larger of its changes in red and blue: a stain hardly touches one of the two. */
    private static double meanChange(SurfaceSample sample, SurfaceSample twin) {
        byte[] a = sample.pixels();
        byte[] b = twin.pixels();
        return sample.defectMask().stream()
                .map(pixel -> 3 * pixel)
                .mapToDouble(at -> Math.max(change(a[at], b[at]), change(a[at + 2], b[at + 2])))
                .average()
                .orElseThrow();
    }

    private static int change(byte a, byte b) {
        return Math.abs((a & 0xFF) - (b & 0xFF));
    }
}
