package io.hedgerow.evaluate.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.hedgerow.evaluate.metrics.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What an evaluation comes to, in three sentences. */
final class Sentences {
    private static final double BETTER = 0.975;
    private static final List<Metric> HEADLINES = List.of(
            Metric.ENERGY,
            Metric.SRG,
            Metric.POINTING,
            Metric.AVERAGE_PRECISION,
            Metric.SINGLE_DELETION,
            Metric.INSERTION_AE,
            Metric.RISE_INSERTION);

    private final TrialTable table;
    private final JsonNode metrics;
    private final String reference;

    /** @param all what all trials say */
    Sentences(TrialTable table, JsonNode all) {
        this.table = table;
        this.metrics = all.path("metrics");
        this.reference = table.methods().get(0);
    }

    List<String> all() {
        if (table.rows().isEmpty()) {
            return List.of(
                    "No trial was made: nothing can be said of this model's explanations.",
                    "What was left out, and why, stands below.",
                    "Check the class map and the data set's path.");
        }
        return List.of(where(), faithful(), compared());
    }

    private String where() {
        int trials = table.rows().size();
        long pictures =
                table.rows().stream().map(TrialTable.Row::picture).distinct().count();
        int first = table.rows(row -> row.rank() == 1).size();
        String start =
                "In %d trials on %d pictures, %.0f %% of them with the class explained being the model's first answer, "
                        .formatted(trials, pictures, 100.0 * first / trials);
        JsonNode energy = of(Metric.ENERGY, reference);
        if (energy.path("value").isNumber()) {
            double chance = of(Metric.ENERGY, "uniform").path("value").asDouble(Double.NaN);
            return start
                    + "%s puts %s of its evidence on the class%s."
                            .formatted(
                                    reference,
                                    percent(energy),
                                    Double.isNaN(chance)
                                            ? ""
                                            : ", where knowing nothing would put %.0f %% there"
                                                    .formatted(100 * chance));
        }
        return start + "nothing was measured of where " + reference + " points.";
    }

    private String faithful() {
        JsonNode srg = of(Metric.SRG, reference);
        if (!srg.path("value").isNumber()) {
            return "Whether the model's score bears its maps out was not measured.";
        }
        JsonNode difference = metrics.path(Metric.SRG.key()).path("differences").path("random");
        double value = srg.path("value").asDouble();
        String told =
                difference.path("high").isNumber() && difference.path("high").asDouble() < 0
                        ? "clearly more than an order at random"
                        : "not clearly more than an order at random";
        return "The model's own score %s: covering what %s calls least relevant first, not last, keeps it higher by %s on average, %s."
                .formatted(
                        value > 0 ? "bears the maps out" : "does not bear the maps out",
                        reference,
                        interval(srg),
                        told);
    }

    private String compared() {
        List<String> better = new ArrayList<>();
        List<String> worse = new ArrayList<>();
        List<String> open = new ArrayList<>();
        List<String> others = table.methods().stream()
                .skip(1)
                .filter(method -> !table.isControl(method))
                .toList();
        List<String> compared = others.isEmpty()
                ? table.methods().stream()
                        .filter(method -> method.equals("centre"))
                        .toList()
                : others;
        for (String method : compared) {
            for (Metric metric : HEADLINES) {
                JsonNode probability = metrics.path(metric.key())
                        .path("differences")
                        .path(method)
                        .path("probabilityBetter");
                if (probability.isNumber()) {
                    List<String> list = probability.asDouble() < 1 - BETTER
                            ? better
                            : probability.asDouble() > BETTER ? worse : open;
                    list.add(compared.size() > 1 ? metric.key() + " (" + method + ")" : metric.key());
                }
            }
        }
        if (better.isEmpty() && worse.isEmpty() && open.isEmpty()) {
            return "No other method was compared.";
        }
        String name = compared.size() == 1 ? compared.get(0) : "the other methods";
        return "Against %s on the same trials, %s is %s."
                .formatted(
                        compared.size() == 1 && others.isEmpty() ? "a spot in the middle of the picture" : name,
                        reference,
                        String.join(
                                "; ",
                                Stream.of(
                                                said("better in", better),
                                                said("worse in", worse),
                                                said("not told apart in", open))
                                        .filter(text -> !text.isEmpty())
                                        .toList()));
    }

    private static String said(String how, List<String> metrics) {
        return metrics.isEmpty() ? "" : how + " " + String.join(", ", metrics);
    }

    private JsonNode of(Metric metric, String method) {
        return metrics.path(metric.key()).path("methods").path(method);
    }

    private static String percent(JsonNode estimate) {
        return "%.0f %% (%.0f to %.0f)"
                .formatted(
                        100 * estimate.path("value").asDouble(),
                        100 * estimate.path("low").asDouble(),
                        100 * estimate.path("high").asDouble());
    }

    private static String interval(JsonNode estimate) {
        return "%.3f (%.3f to %.3f)"
                .formatted(
                        estimate.path("value").asDouble(),
                        estimate.path("low").asDouble(),
                        estimate.path("high").asDouble());
    }
}
