package io.hedgerow.render;

import java.awt.Color;

/**
 * Colours of relevance from −1 to 1, with opacity: suppression cool, evidence warm, both from light to dark as they
 * grow, nothing near zero. Told apart by people who don't see red and green alike.
 */
final class DivergingPalette {
    private static final int STEPS = 256;
    /** Below this part of the scale nothing is drawn: the picture stays legible where the map says little. */
    private static final double THRESHOLD = 0.08;

    private static final double OPACITY = 0.92;
    private static final Color[] WARM = {
        new Color(0xffd166), new Color(0xff8c1a), new Color(0xf2421b), new Color(0xb00026)
    };
    private static final Color[] COOL = {
        new Color(0x9be7ff), new Color(0x38b0f0), new Color(0x1f6fe6), new Color(0x1531b8)
    };

    private final int[] warm = ramp(WARM);
    private final int[] cool = ramp(COOL);

    /**
     * The colour of a relevance, not premultiplied.
     *
     * @param relevance as a part of the scale; beyond −1 and 1 as there
     */
    int argb(double relevance) {
        int step = (int) Math.min(STEPS - 1, Math.abs(relevance) * (STEPS - 1) + 0.5);
        return (relevance < 0 ? cool : warm)[step];
    }

    private static int[] ramp(Color[] stops) {
        int[] ramp = new int[STEPS];
        for (int step = 0; step < STEPS; step++) {
            double strength = Math.max(0, (step / (STEPS - 1.0) - THRESHOLD) / (1 - THRESHOLD));
            double at = strength * (stops.length - 1);
            int stop = Math.min(stops.length - 2, (int) at);
            double part = at - stop;
            int alpha = (int) Math.round(255 * OPACITY * Math.sqrt(strength));
            ramp[step] = alpha << 24
                    | mix(stops[stop].getRed(), stops[stop + 1].getRed(), part) << 16
                    | mix(stops[stop].getGreen(), stops[stop + 1].getGreen(), part) << 8
                    | mix(stops[stop].getBlue(), stops[stop + 1].getBlue(), part);
        }
        return ramp;
    }

    private static int mix(int a, int b, double part) {
        return (int) Math.round(a + (b - a) * part);
    }
}
