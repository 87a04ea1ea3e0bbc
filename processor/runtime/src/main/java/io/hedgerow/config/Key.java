package io.hedgerow.config;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A key of hedgerow.yaml.
 *
 * @param path with dots; {@code []} stands for each entry of a list, a trailing {@code .*} for any key below
 * @param type as the reference names it
 * @param range as the reference names it; empty if there is none
 * @param fallback text of the default; null if the key must be set
 * @param doc what it does, one sentence
 * @param parser from text; throws {@link IllegalArgumentException} for what is outside type or range
 */
record Key<T>(
        String path, String type, String range, @Nullable String fallback, String doc, Function<String, T> parser) {

    static Key<String> text(String path, @Nullable String fallback, String doc) {
        return new Key<>(path, "text", "", fallback, doc, text -> {
            check(!text.isBlank() || text.equals(fallback));
            return text;
        });
    }

    static Key<String> choice(String path, List<String> choices, String fallback, String doc) {
        return new Key<>(path, String.join(" or ", choices), "", fallback, doc, text -> {
            check(choices.contains(text));
            return text;
        });
    }

    static Key<List<String>> texts(String path, @Nullable String fallback, String doc) {
        return new Key<>(path, "list", "", fallback, doc, text -> {
            List<String> items =
                    Arrays.stream(text.split(",")).map(String::strip).toList();
            check(items.stream().noneMatch(String::isEmpty));
            return items;
        });
    }

    /** A list that may be empty. */
    static Key<List<String>> choices(String path, List<String> choices, String doc) {
        return new Key<>(path, "list", "of " + String.join(", ", choices), "", doc, text -> {
            List<String> items = text.isEmpty()
                    ? List.of()
                    : Arrays.stream(text.split(",")).map(String::strip).toList();
            check(choices.containsAll(items));
            return items;
        });
    }

    static Key<Boolean> flag(String path, boolean fallback, String doc) {
        return new Key<>(path, "true or false", "", Boolean.toString(fallback), doc, text -> {
            check(text.equals("true") || text.equals("false"));
            return Boolean.valueOf(text);
        });
    }

    static Key<Integer> integer(String path, int fallback, int min, int max, String doc) {
        return new Key<>(path, "integer", min + " to " + max, Integer.toString(fallback), doc, text -> {
            int value = Integer.parseInt(text);
            check(value >= min && value <= max);
            return value;
        });
    }

    static Key<Float> decimal(String path, String fallback, float min, float max, String doc) {
        return new Key<>(path, "number", number(min) + " to " + number(max), fallback, doc, text -> {
            float value = Float.parseFloat(text);
            check(value >= min && value <= max);
            return value;
        });
    }

    static Key<Float> share(String path, String fallback, String doc) {
        return new Key<>(path, "number", "over 0, at most 1", fallback, doc, text -> {
            float value = Float.parseFloat(text);
            check(value > 0 && value <= 1);
            return value;
        });
    }

    static Key<Long> bytes(String path, String fallback, String min, String max, String doc) {
        return new Key<>(path, "size", min + " to " + max, fallback, doc, text -> {
            long value = Units.bytes(text);
            check(value >= Units.bytes(min) && value <= Units.bytes(max));
            return value;
        });
    }

    static Key<Duration> duration(String path, String fallback, String min, String max, String doc) {
        return new Key<>(path, "duration", min + " to " + max, fallback, doc, text -> {
            Duration value = Units.duration(text);
            check(value.compareTo(Units.duration(min)) >= 0 && value.compareTo(Units.duration(max)) <= 0);
            return value;
        });
    }

    static Key<Instant> date(String path, String fallback, String min, String doc) {
        return new Key<>(path, "date", min + " or later", fallback, doc, text -> {
            try {
                LocalDate value = LocalDate.parse(text);
                check(!value.isBefore(LocalDate.parse(min)));
                return value.atStartOfDay(ZoneOffset.UTC).toInstant();
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException(e);
            }
        });
    }

    static Key<String> any(String prefix, String doc) {
        return new Key<>(prefix + ".*", "settings", "", "", doc, Function.identity());
    }

    /** What comes before the first dot. */
    String group() {
        return path.replaceFirst("[.\\[].*", "");
    }

    /** Whether {@code actual}, with numbers in its brackets, is this key or lies below it. */
    boolean covers(String actual) {
        String plain = actual.replaceAll("\\[\\d+]", "[]");
        return path.endsWith(".*") ? plain.startsWith(path.substring(0, path.length() - 1)) : plain.equals(path);
    }

    private static String number(float value) {
        return value == (int) value ? Integer.toString((int) value) : Float.toString(value);
    }

    private static void check(boolean valid) {
        if (!valid) {
            throw new IllegalArgumentException();
        }
    }
}
