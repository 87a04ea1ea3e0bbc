package io.hedgerow.evaluate.metrics;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What is measured. */
public enum Metric {
    POINTING(Group.WHERE, true, "share of maps whose largest value lies within 15 pixels of the class"),
    POINTING_SMOOTHED(Group.WHERE, true, "the same under a Gaussian of 0.02 of the picture's longer side"),
    POINTING_STRICT(Group.WHERE, true, "share of maps whose largest value lies on the class"),
    ENERGY(Group.WHERE, true, "share of the evidence (R⁺) that lies on the class"),
    ENERGY_GAIN(Group.WHERE, true, "energy over the class's share of the picture: 1 is what knowing nothing gives"),
    OUTSIDE_INSIDE(Group.WHERE, false, "mean R⁺ beside the class over mean R⁺ on it, median over trials"),
    AVERAGE_PRECISION(Group.WHERE, true, "average precision of R for the class's pixels"),
    MAP_SOFT(
            Group.WHERE, true, "average precision of [1 − R, R], R scaled to 0…1, for surroundings and class together"),
    MAP_BINARY(Group.WHERE, true, "the same of [R ≤ 0, R > 0]"),
    PIXEL_ACCURACY(Group.WHERE, true, "share of pixels where R > 0 just where the class is"),
    IOU(Group.WHERE, true, "mean intersection over union of class and surroundings, R cut at its mean"),
    SRG(
            Group.FAITHFUL,
            true,
            "area between covering the least and the most relevant cells first, with the mean colour"),
    MORF(Group.FAITHFUL, false, "area under the score as the most relevant cells are covered with the mean colour"),
    LERF(Group.FAITHFUL, true, "area under the score as the least relevant cells are covered with the mean colour"),
    AOPC(Group.FAITHFUL, true, "mean fall of the score as the most relevant cells are covered with the mean colour"),
    SRG_LOGIT(Group.FAITHFUL, true, "SRG on the score before softmax or sigmoid"),
    SRG_BLUR(Group.FAITHFUL, true, "SRG with blur for cover"),
    MORF_BLUR(Group.FAITHFUL, false, "MoRF with blur for cover"),
    LERF_BLUR(Group.FAITHFUL, true, "LeRF with blur for cover"),
    AOPC_BLUR(Group.FAITHFUL, true, "AOPC with blur for cover"),
    SINGLE_DELETION(
            Group.FAITHFUL, true, "rank correlation of 4 × 4 cells' relevance with what covering each in grey costs"),
    INSERTION_AE(
            Group.FAITHFUL,
            true,
            "area under the score as the most relevant 1…50 % of pixels are shown on a grey spot"),
    INSERTION_AE_TOP1(Group.FAITHFUL, true, "the same of how often the class comes first"),
    INSERTION_AE_TOP1_15(Group.FAITHFUL, true, "how often the class comes first with 15 % of the pixels shown"),
    RISE_INSERTION(
            Group.FAITHFUL,
            true,
            "area under the score as pixels are shown, most relevant first, on a blurred picture"),
    RISE_DELETION(Group.FAITHFUL, false, "area under the score as pixels are blackened, most relevant first"),
    ROAD(
            Group.FAITHFUL,
            true,
            "area between filling in the least and the most relevant pixels first from their neighbours"),
    ROAD_MORF(
            Group.FAITHFUL,
            false,
            "area under the score as the most relevant pixels are filled in from their neighbours"),
    ROAD_LERF(
            Group.FAITHFUL,
            true,
            "area under the score as the least relevant pixels are filled in from their neighbours"),
    COMPLETENESS(
            Group.FAITHFUL,
            false,
            "of methods with a baseline: how far a map's sum is from what the score gains over the picture's mean colour, as a"
                    + " share of that, median over trials"),
    CLASS_SENSITIVITY(
            Group.SANE,
            false,
            "rank correlation of a map's 14 × 14 cells with those of the map of another class, the model's best of those not"
                    + " asked for: 1 is what knowing nothing of the class gives"),
    RANDOMISATION_SPEARMAN(
            Group.SANE,
            false,
            "rank correlation of R with that of the model as its layers forget what they learned, mean over stages: 1 is what"
                    + " knowing nothing of the model gives"),
    RANDOMISATION_SPEARMAN_ABS(Group.SANE, false, "the same of |R|"),
    RANDOMISATION_SSIM(Group.SANE, false, "structural similarity of R in place of rank correlation"),
    RANDOMISATION_SSIM_ABS(Group.SANE, false, "the same of |R|"),
    EMPRT(
            Group.SANE,
            true,
            "by which share the entropy of R's histogram rises as all layers forget; 0 is what knowing nothing of the model"
                    + " gives"),
    GINI(Group.PLAIN, true, "how unevenly |R| is distributed, 0…1"),
    ENTROPY(Group.PLAIN, false, "entropy of |R| in terms of the largest possible, 0…1"),
    TIES(Group.PLAIN, false, "share of pixels whose |R| another has too"),
    PART_ORDER(
            Group.PARTS, true, "rank correlation of parts' relevance with what drawing the picture without each costs"),
    PART_SIGN(Group.PARTS, true, "share of parts whose relevance has the sign of what they truly add to the score");

    /** Kinds of questions. */
    public enum Group {
        WHERE("Where the map points"),
        FAITHFUL("What the model's score says"),
        PARTS("What drawing the picture anew says"),
        SANE("What maps of another class and of models that forgot say"),
        PLAIN("What the map is like");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /** How trials are summed up. */
    public enum Summary {
        MEAN,
        MEDIAN
    }

    private final Group group;
    private final boolean isHigherBetter;
    private final String text;

    Metric(Group group, boolean isHigherBetter, String text) {
        this.group = group;
        this.isHigherBetter = isHigherBetter;
        this.text = text;
    }

    /** Where the class was found, SRG with the mean colour and single deletion: what costs least. */
    public static Set<Metric> quick() {
        Set<Metric> metrics = EnumSet.of(SRG, MORF, LERF, AOPC, SRG_LOGIT, SINGLE_DELETION, TIES);
        Arrays.stream(values()).filter(m -> m.group == Group.WHERE).forEach(metrics::add);
        return metrics;
    }

    /** What the method's authors measured. */
    public static Set<Metric> paper() {
        return EnumSet.of(
                POINTING,
                POINTING_SMOOTHED,
                OUTSIDE_INSIDE,
                MAP_BINARY,
                MAP_SOFT,
                PIXEL_ACCURACY,
                INSERTION_AE,
                INSERTION_AE_TOP1,
                INSERTION_AE_TOP1_15);
    }

    /** All but what costs more than all others together: filling in pixels from their neighbours. */
    public static Set<Metric> full() {
        return EnumSet.complementOf(EnumSet.of(ROAD, ROAD_MORF, ROAD_LERF));
    }

    /** What models are needed for that forgot what they learned. */
    public static Set<Metric> ofRandomisation() {
        return EnumSet.range(RANDOMISATION_SPEARMAN, EMPRT);
    }

    /** By name, as files and the command line have it. */
    public static Optional<Metric> ofKey(String key) {
        return Arrays.stream(values()).filter(m -> m.key().equals(key)).findFirst();
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Group group() {
        return group;
    }

    public boolean isHigherBetter() {
        return isHigherBetter;
    }

    /** One line for people. */
    public String text() {
        return text;
    }

    /** A few pictures rule the mean of a ratio. */
    public Summary summary() {
        return this == OUTSIDE_INSIDE || this == COMPLETENESS ? Summary.MEDIAN : Summary.MEAN;
    }
}
