package io.hedgerow.evaluate.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.hedgerow.evaluate.metrics.Metric;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an evaluation comes to, in three sentences. */
final class Sentences {
    private static final double BETTER = 0.975;
    /** What is compared, in plain words. */
    private static final Map<Metric, String> HEADLINES = headlines();

    private final TrialTable table;
    private final JsonNode metrics;
    private final String reference;

    private static Map<Metric, String> headlines() {
        Map<Metric, String> headlines = new EnumMap<>(Metric.class);
        headlines.put(Metric.ENERGY, "how much evidence lies on the class (energy)");
        headlines.put(Metric.SRG, "the order of cells by relevance (srg)");
        headlines.put(Metric.POINTING, "where the largest value lies (pointing)");
        headlines.put(Metric.AVERAGE_PRECISION, "telling the class's pixels from others (average-precision)");
        headlines.put(Metric.SINGLE_DELETION, "ranking single cells (single-deletion)");
        headlines.put(Metric.INSERTION_AE, "showing the most relevant pixels (insertion-ae)");
        headlines.put(Metric.RISE_INSERTION, "showing them on a blurred picture (rise-insertion)");
        return headlines;
    }

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
        String start = said(
                "In %d trials on %d pictures, %.0f %% of them with the class explained being the model's first answer, ",
                trials, pictures, 100.0 * first / trials);
        JsonNode energy = of(Metric.ENERGY, reference);
        if (energy.path("value").isNumber()) {
            double chance = of(Metric.ENERGY, "uniform").path("value").asDouble(Double.NaN);
            return start
                    + said(
                            "%s puts %s of its evidence on the class%s.",
                            reference,
                            percent(energy),
                            Double.isNaN(chance)
                                    ? ""
                                    : said(", where knowing nothing would put %.0f %% there", 100 * chance));
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
        return said(
                "The model's own score %s: covering what %s calls least relevant first, not last, keeps it higher by %s on average, %s.",
                value > 0 ? "bears the maps out" : "does not bear the maps out", reference, interval(srg), told);
    }

    private String compared() {
        List<String> others = table.methods().stream()
                .skip(1)
                .filter(method -> !table.isControl(method))
                .toList();
        List<String> compared = others.isEmpty()
                ? table.methods().stream()
                        .filter(method -> method.equals("centre"))
                        .toList()
                : others;
        String outcome = compared.size() > 1 ? byMetric(compared) : ofOne(compared);
        if (outcome.isEmpty()) {
            return "No other method was compared.";
        }
        String name = compared.size() == 1 ? compared.get(0) : "the other methods";
        return said(
                "Against %s on the same trials, %s is %s.",
                compared.size() == 1 && others.isEmpty() ? "a spot in the middle of the picture" : name,
                reference,
                outcome);
    }

    /** How a method compares with another. */
    private enum Outcome {
        BETTER("better in", "better than"),
        WORSE("worse in", "worse than"),
        OPEN("not told apart in", "not told apart from");

        private final String in;
        private final String than;

        Outcome(String in, String than) {
            this.in = in;
            this.than = than;
        }
    }

    private Optional<Outcome> outcome(Metric metric, String method) {
        JsonNode probability =
                metrics.path(metric.key()).path("differences").path(method).path("probabilityBetter");
        if (!probability.isNumber()) {
            return Optional.empty();
        }
        return Optional.of(
                probability.asDouble() < 1 - BETTER
                        ? Outcome.BETTER
                        : probability.asDouble() > BETTER ? Outcome.WORSE : Outcome.OPEN);
    }

    private String ofOne(List<String> compared) {
        Map<Outcome, List<String>> found = new EnumMap<>(Outcome.class);
        for (String method : compared) {
            HEADLINES.forEach((metric, text) -> outcome(metric, method)
                    .ifPresent(outcome -> found.computeIfAbsent(outcome, any -> new ArrayList<>())
                            .add(text)));
        }
        return found.entrySet().stream()
                .map(one -> one.getKey().in + " " + String.join(", ", one.getValue()))
                .collect(Collectors.joining("; "));
    }

    /** Of several methods, metric by metric. */
    private String byMetric(List<String> compared) {
        List<String> parts = new ArrayList<>();
        for (Metric metric : HEADLINES.keySet()) {
            Map<Outcome, List<String>> found = new EnumMap<>(Outcome.class);
            compared.forEach(method -> outcome(metric, method)
                    .ifPresent(outcome -> found.computeIfAbsent(outcome, any -> new ArrayList<>())
                            .add(method)));
            if (!found.isEmpty()) {
                parts.add("in " + metric.key() + " "
                        + found.entrySet().stream()
                                .map(one -> one.getKey().than + " " + all(one.getValue(), compared))
                                .collect(Collectors.joining(", ")));
            }
        }
        return String.join("; ", parts);
    }

    private static String all(List<String> methods, List<String> compared) {
        return methods.size() == compared.size() ? "all " + methods.size() : String.join(", ", methods);
    }

    /** The same wherever it is made. */
    private static String said(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private JsonNode of(Metric metric, String method) {
        return metrics.path(metric.key()).path("methods").path(method);
    }

    private static String percent(JsonNode estimate) {
        return said(
                "%.0f %% (%.0f to %.0f)",
                100 * estimate.path("value").asDouble(),
                100 * estimate.path("low").asDouble(),
                100 * estimate.path("high").asDouble());
    }

    private static String interval(JsonNode estimate) {
        return said(
                "%.3f (%.3f to %.3f)",
                estimate.path("value").asDouble(),
                estimate.path("low").asDouble(),
                estimate.path("high").asDouble());
    }
}
