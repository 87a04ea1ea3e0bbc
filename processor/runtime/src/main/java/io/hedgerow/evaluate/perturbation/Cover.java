package io.hedgerow.evaluate.perturbation;

/** What pixels are covered with. */
public enum Cover {
    /** The picture's own mean colour. */
    MEAN,
    /** The picture under a Gaussian as wide as a fourteenth of its side. */
    BLUR,
    /** The picture under a Gaussian of 5/224 of its side, RISE's for insertion. */
    SOFT_BLUR,
    /** Level 127 of all channels. */
    GREY,
    /** Level 0. */
    BLACK,
    /** A bright spot in the middle, falling off as a Gaussian of 2/7 of the side: the paper's background for insertion. */
    SPOT,
    /** What the pixels around give, with a little noise: see {@link Imputer}. */
    NEIGHBOURS
}
