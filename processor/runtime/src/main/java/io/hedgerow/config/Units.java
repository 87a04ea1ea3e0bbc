package io.hedgerow.config;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with a unit: {@code 20 MB} (binary multiples), {@code 1ms}. */
public final class Units {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,15})\\s*([A-Za-z]*)");
    private static final Map<String, Long> BYTES =
            Map.of("", 1L, "B", 1L, "KB", 1L << 10, "MB", 1L << 20, "GB", 1L << 30);
    private static final Map<String, Duration> TIMES = Map.of(
            "us", Duration.ofNanos(1_000),
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    private Units() {}

    /**
     * Reads a size.
     *
     * @throws IllegalArgumentException if it is none
     * @throws ArithmeticException if it is too large
     */
    public static long bytes(String text) {
        Matcher parts = parts(text);
        return Math.multiplyExact(Long.parseLong(parts.group(1)), unit(BYTES, parts));
    }

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException if it is none
     * @throws ArithmeticException if it is too large
     */
    public static Duration duration(String text) {
        Matcher parts = parts(text);
        return unit(TIMES, parts).multipliedBy(Long.parseLong(parts.group(1)));
    }

    private static Matcher parts(String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException();
        }
        return matcher;
    }

    private static <T> T unit(Map<String, T> units, Matcher parts) {
        T unit = units.get(parts.group(2));
        if (unit == null) {
            throw new IllegalArgumentException();
        }
        return unit;
    }
}
