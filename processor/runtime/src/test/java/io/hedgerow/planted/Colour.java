package io.hedgerow.planted;

/** What patches are painted with: of no grey or pale background. */
enum Colour {
    RED,
    GREEN,
    BLUE;

    private static final float HIGH = 0.93f;
    private static final float LOW = 0.08f;

    float value(int channel) {
        return channel == ordinal() ? HIGH : LOW;
    }

    /** How much a channel counts in what tells this colour: its own channel less the mean of the others. */
    float weight(int channel) {
        return channel == ordinal() ? 1 : -0.5f;
    }

    Colour next() {
        return values()[(ordinal() + 1) % values().length];
    }
}
