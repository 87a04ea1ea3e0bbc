package io.hedgerow.models;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which of a model's versions is the newest, as TensorFlow Serving takes the one with the largest number. Versions made of
 * numbers ({@code 10}, {@code v2.1}, {@code 2026-03-01}) are compared number by number; if one isn't, the last one listed is
 * the newest, and so it is of equal ones. A model without a version is older than any with one.
 */
final class NewestVersion {
    private static final Pattern NUMBERS = Pattern.compile("[vV]?\\d+([._-]\\d+)*");

    private NewestVersion() {}

    /** The newest of {@code models}, at least one, in the order in which they are listed. */
    static ExplainableModel of(List<ExplainableModel> models) {
        boolean areNumbers = models.stream()
                .map(ExplainableModel::version)
                .allMatch(
                        version -> version.isEmpty() || NUMBERS.matcher(version).matches());
        ExplainableModel newest = models.get(0);
        for (ExplainableModel next : models) {
            if (areNumbers
                    ? compare(next.version(), newest.version()) >= 0
                    : !next.version().isEmpty()) {
                newest = next;
            }
        }
        return newest;
    }

    private static int compare(String one, String other) {
        return Arrays.compare(numbers(one), numbers(other));
    }

    private static BigInteger[] numbers(String version) {
        return Pattern.compile("\\d+")
                .matcher(version)
                .results()
                .map(number -> new BigInteger(number.group()))
                .toArray(BigInteger[]::new);
    }
}
