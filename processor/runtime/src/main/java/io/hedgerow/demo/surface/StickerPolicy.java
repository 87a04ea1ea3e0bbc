package io.hedgerow.demo.surface;

/** Which parts carry a printed sticker. */
public enum StickerPolicy {
    /** As in a plant that marks what it sends to cleaning: 95 % of stained parts and no others. */
    BIASED(0.95, 0),
    /** Every other part, whatever is wrong with it. */
    UNBIASED(0.5, 0.5),
    /** As after a new rule that every part be labelled: 95 % of all parts. */
    EVERYWHERE(0.95, 0.95);

    private final double stained;
    private final double others;

    StickerPolicy(double stained, double others) {
        this.stained = stained;
        this.others = others;
    }

    /** Probability, 0 to 1, that a part of this class carries a sticker. */
    public double probability(SurfaceClass label) {
        return label == SurfaceClass.STAIN ? stained : others;
    }
}
