package io.hedgerow.monitor.profile;

import java.util.stream.IntStream;

/** The features of a map, each a number from 0 to 1, by which monitoring knows it. */
public final class Features {
    /** Shares of 4 × 4 zones, row-major, come first. */
    public static final int ZONES = 16;

    /** 1 − entropy / ln 256: 0 evenly spread, 1 in one cell. */
    public static final int CONCENTRATION = 16;

    /** Share of the two outer cells on each side. */
    public static final int BORDER = 17;

    /** Total variation to the reference's mean map: the share of the evidence that lies elsewhere. */
    public static final int VARIATION = 18;

    /** 1 if the map resembles none of the reference's prototypes, else 0. */
    public static final int NOVELTY = 19;

    /** The probability of the class decided. */
    public static final int CONFIDENCE = 20;

    /** 1 if the score of the class decided is lower than 95 % of the reference's were, else 0. */
    public static final int LOW_SCORE = 21;

    /** 1 if it is higher than 95 % of them, else 0. */
    public static final int HIGH_SCORE = 22;

    /** How many there are. */
    public static final int COUNT = 23;

    private static final int ZONES_A_SIDE = 4;

    private Features() {}

    /** Whether a feature needs a reference to be measured against. */
    public static boolean relative(int feature) {
        return feature == VARIATION || feature == NOVELTY;
    }

    /** A feature's name, as records have it. */
    public static String name(int feature) {
        return switch (feature) {
            case CONCENTRATION -> "concentration";
            case BORDER -> "border";
            case VARIATION -> "variation";
            case NOVELTY -> "novelty";
            case CONFIDENCE -> "confidence";
            case LOW_SCORE -> "low-score";
            case HIGH_SCORE -> "high-score";
            default -> "zone-" + (feature / ZONES_A_SIDE + 1) + "-" + (feature % ZONES_A_SIDE + 1);
        };
    }

    /** The feature of that name; −1 if there is none. */
    public static int of(String name) {
        return IntStream.range(0, COUNT)
                .filter(feature -> name(feature).equals(name))
                .findFirst()
                .orElse(-1);
    }
}
