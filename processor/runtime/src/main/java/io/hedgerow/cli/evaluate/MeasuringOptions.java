package io.hedgerow.cli.evaluate;

import io.hedgerow.evaluate.data.ClassMap;
import io.hedgerow.evaluate.data.Selection;
import io.hedgerow.evaluate.metrics.Metric;
import io.hedgerow.evaluate.run.Explain;
import io.hedgerow.evaluate.run.Options;
import io.hedgerow.yaml.Nearest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say what is measured of which pictures and classes, by which methods. */
final class MeasuringOptions {
    @Option(
            names = "--methods",
            split = ",",
            paramLabel = "NAME",
            completionCandidates = MethodNames.class,
            description =
                    "What makes the maps, of ${COMPLETION-CANDIDATES} (hedging-1 is of ratio 1); the first is what"
                            + " others are compared with. Controls come with them (default: hedging).")
    private List<String> methods = List.of("hedging");

    @Option(
            names = "--metrics",
            split = ",",
            paramLabel = "NAME",
            description = "quick, full, paper, or names of metrics (default: quick).")
    private List<String> metrics = List.of("quick");

    @Option(
            names = "--explain",
            paramLabel = "WHICH",
            description = "Which classes: annotated, predicted or both (default: annotated).")
    private String explain = "annotated";

    @Option(names = "--limit", paramLabel = "N", description = "At most so many pictures, chosen at random.")
    private @Nullable Integer limit;

    @Option(names = "--seed", paramLabel = "N", description = "Of everything random (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--largest-region",
            paramLabel = "SHARE",
            description = "Classes that cover more of the picture are left out (default: ${DEFAULT-VALUE}).")
    private double largestRegion = 0.6;

    @Option(names = "--draws", paramLabel = "N", description = "Draws for intervals (default: ${DEFAULT-VALUE}).")
    private int draws = 10_000;

    @Option(names = "--strict", description = "End at the first picture or annotation that is no good.")
    private boolean strict;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** What the help lists. */
    private static final class MethodNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return EvaluateMethods.known().iterator();
        }
    }

    /** @throws ParameterException if a value is not one that an option takes */
    Options options() {
        require(limit == null || limit > 0, "--limit " + limit + ": takes 1 or more");
        require(draws >= 100 && draws <= 1_000_000, "--draws " + draws + ": takes 100 to 1000000");
        require(largestRegion > 0 && largestRegion <= 1, "--largest-region " + largestRegion + ": takes up to 1");
        List<String> known = EvaluateMethods.known();
        methods.stream().filter(method -> !known.contains(method)).findFirst().ifPresent(unknown -> {
            throw new ParameterException(
                    spec.commandLine(), "--methods %s: known are %s".formatted(unknown, String.join(", ", known)));
        });
        return new Options(metrics("--metrics", metrics), explain(), largestRegion, seed, strict);
    }

    List<String> methods() {
        return methods;
    }

    int draws() {
        return draws;
    }

    long seed() {
        return seed;
    }

    /** The pictures that are of use with a class map. */
    Selection selection(ClassMap map) {
        boolean isEachOfUse = explain() != Explain.ANNOTATED;
        return new Selection(
                labels -> isEachOfUse || labels.stream().anyMatch(map::has),
                limit == null ? Integer.MAX_VALUE : limit,
                seed);
    }

    /** @throws ParameterException if there is no such metric; names the option */
    Set<Metric> metrics(String option, List<String> names) {
        Set<Metric> chosen = EnumSet.noneOf(Metric.class);
        for (String name : names) {
            switch (name) {
                case "quick" -> chosen.addAll(Metric.quick());
                case "full" -> chosen.addAll(Metric.full());
                case "paper" -> chosen.addAll(Metric.paper());
                default ->
                    chosen.add(Metric.ofKey(name)
                            .orElseThrow(() -> new ParameterException(
                                    spec.commandLine(), option + " " + name + ": " + unknownMetric(name))));
            }
        }
        return chosen;
    }

    private Explain explain() {
        for (Explain one : Explain.values()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(explain)) {
                return one;
            }
        }
        throw new ParameterException(
                spec.commandLine(), "--explain " + explain + ": takes annotated, predicted or both");
    }

    private static String unknownMetric(String name) {
        List<String> known = Arrays.stream(Metric.values()).map(Metric::key).toList();
        return "there is no such metric"
                + Nearest.of(name, known).map(k -> "; did you mean " + k + "?").orElse("")
                + " (quick, full, paper, " + String.join(", ", known) + ")";
    }

    private void require(boolean isGiven, String message) {
        if (!isGiven) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
