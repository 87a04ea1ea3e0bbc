package io.hedgerow.monitor.detect;

/**
 * Divides false alarms among all detectors, so that together they raise one in the promised time on average, at most: a
 * detector with the part q of it alarms at the evidence (time / window) / q. Immutable.
 */
public final class Budget {
    private static final double MODEL_MAPS = 0.2;
    private static final double CLASS_SHARES = 0.2;
    private static final double CLASS_MAPS = 0.4;
    private static final double RATES = 0.15;
    private static final double GROUPS = 0.05;

    private final double logWindows;

    /**
     * A budget.
     *
     * @param windows windows in the promised time between false alarms
     * @param models models that share it
     */
    public Budget(double windows, int models) {
        logWindows = StrictMath.log(windows * models);
    }

    /** Threshold for the maps of all classes together. */
    public double modelMaps() {
        return threshold(MODEL_MAPS);
    }

    /** Threshold for the shares of classes. */
    public double shares() {
        return threshold(CLASS_SHARES);
    }

    /**
     * Threshold for the maps of one class: classes that come more often have more of the budget.
     *
     * @param learned explanations of the class that were learned from
     * @param all those of all classes, each with one more
     */
    public double classMaps(long learned, long all) {
        return threshold(CLASS_MAPS * (learned + 1) / all);
    }

    /**
     * Threshold for one rate.
     *
     * @param rates how many there are
     */
    public double rate(int rates) {
        return threshold(RATES / rates);
    }

    /**
     * Threshold for the share of one group of maps.
     *
     * @param ordinal which group of the model it is, from 1
     */
    public double group(int ordinal) {
        return threshold(GROUPS / ((double) ordinal * (ordinal + 1)));
    }

    /** Logarithm of the evidence that a part of the budget pays for. */
    private double threshold(double part) {
        return logWindows - StrictMath.log(part);
    }
}
