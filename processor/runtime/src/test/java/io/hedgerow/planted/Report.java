package io.hedgerow.planted;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of many trials. */
final class Report {
    private static final int BEGINNING = 110;

    private final Map<Trial.Kind, Integer> kinds = new EnumMap<>(Trial.Kind.class);
    private final List<String> wrong = new ArrayList<>();
    private final Map<String, Integer> reasons = new TreeMap<>();
    private final Map<String, int[]> choices = new TreeMap<>();
    private double area;
    private int elsewhere;

    void add(Recipe recipe, Trial.Outcome outcome) {
        kinds.merge(outcome.kind(), 1, Integer::sum);
        switch (outcome.kind()) {
            case RIGHT, SPREAD -> judged(recipe, outcome);
            case WRONG -> {
                judged(recipe, outcome);
                wrong.add(recipe + ": " + outcome.reason());
            }
            case REFUSED, FAILED, UNUSABLE -> {
                // names of nodes and sizes tell too much apart
                String kind =
                        outcome.reason().replaceAll("'[^']*'|\\[[^\\]]*]", "…").replaceAll("\\d+", "n");
                String beginning = kind.substring(0, Math.min(BEGINNING, kind.length()));
                reasons.merge(outcome.kind() + ": " + beginning, 1, Integer::sum);
            }
        }
    }

    private void judged(Recipe recipe, Trial.Outcome outcome) {
        area += outcome.area();
        elsewhere += outcome.elsewhere() ? 1 : 0;
        for (Enum<?> choice : recipe.choices()) {
            int[] counts = choices.computeIfAbsent(
                    choice.getDeclaringClass().getSimpleName().toLowerCase() + " " + choice, c -> new int[2]);
            counts[0]++;
            counts[1] += outcome.kind() == Trial.Kind.WRONG ? 1 : 0;
        }
    }

    int trials() {
        return kinds.values().stream().mapToInt(Integer::intValue).sum();
    }

    int count(Trial.Kind kind) {
        return kinds.getOrDefault(kind, 0);
    }

    /** Recipes whose evidence lies elsewhere, and where. */
    List<String> wrong() {
        return wrong;
    }

    @Override
    public String toString() {
        int judged = Math.max(1, count(Trial.Kind.RIGHT) + count(Trial.Kind.SPREAD) + count(Trial.Kind.WRONG));
        StringBuilder text = new StringBuilder("%s%n".formatted(kinds));
        text.append(
                "By chance: %.0f %% of even evidence would lie in the boxes; of the maps %.1f %% would hold for boxes elsewhere.%n"
                        .formatted(100 * area / judged, 100.0 * elsewhere / judged));
        choices.forEach((choice, counts) -> {
            if (counts[1] > 0) {
                text.append("%4d wrong of %4d with %s%n".formatted(counts[1], counts[0], choice));
            }
        });
        reasons.forEach((reason, count) -> text.append("%4d %s%n".formatted(count, reason)));
        return text.toString();
    }
}
