package io.hedgerow.planted;

import java.io.IOException;

/** Makes wrong recipes simpler as long as they stay wrong. */
final class Shrinker {
    private final Trial trial;

    Shrinker(Trial trial) {
        this.trial = trial;
    }

    /** The simplest recipe found that is wrong too. */
    Recipe shrink(Recipe wrong) throws IOException {
        for (Recipe simpler : wrong.simpler()) {
            if (trial.run(simpler).kind() == Trial.Kind.WRONG) {
                return shrink(simpler);
            }
        }
        return wrong;
    }
}
