package io.hedgerow.planted;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Any number of recipes; as many as {@link #inWhichAllMeet} from 0 on hold every pair of choices, and each such stretch after. */
final class Recipes {
    private static final int SPREAD = 1_000_003;

    private final long seed;
    private final List<List<int[]>> turns = new ArrayList<>();

    Recipes(long seed) {
        this.seed = seed;
    }

    Recipe get(int index) {
        int at = index;
        for (int turn = 0; ; turn++) {
            List<int[]> rows = turn(turn);
            if (at < rows.size()) {
                return Recipe.of(seed * SPREAD + index, rows.get(at));
            }
            at -= rows.size();
        }
    }

    /** How many recipes it takes until every two choices have met. */
    int inWhichAllMeet() {
        return turn(0).size();
    }

    private List<int[]> turn(int turn) {
        while (turns.size() <= turn) {
            turns.add(CoveringArray.rows(Recipe.levels(), new Random(seed + 31L * turns.size())));
        }
        return turns.get(turn);
    }
}
