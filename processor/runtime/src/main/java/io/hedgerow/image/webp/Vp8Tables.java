package io.hedgerow.image.webp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** The constant tables of VP8's key frames (RFC 6386). Nothing in here is ever changed. */
final class Vp8Tables {
    /** Of coefficients, by kind of block, band and context. */
    static final int KINDS = 4;

    static final int BANDS = 8;
    static final int CONTEXTS = 3;
    static final int PROBABILITIES = 11;
    static final int MODES = 10;

    private static final int COEFFICIENTS = KINDS * BANDS * CONTEXTS * PROBABILITIES;
    private static final int STEPS = 128;

    static final Vp8Tables TABLES = new Vp8Tables();

    /** By kind, band and context, 11 each. */
    final int[] coefficients;
    /** The probability that one of {@link #coefficients} is replaced. */
    final int[] updates;
    /** Of a 4 × 4 block's mode, by the mode above and the mode to the left, 9 each. */
    final int[] modes;
    /** Steps of the quantizer's 128 indices for the mean of a block. */
    final int[] dc;
    /** The same for all else. */
    final int[] ac;

    private Vp8Tables() {
        int[] numbers = read();
        int modesFrom = 2 * COEFFICIENTS;
        int dcFrom = modesFrom + MODES * MODES * (MODES - 1);
        coefficients = Arrays.copyOf(numbers, COEFFICIENTS);
        updates = Arrays.copyOfRange(numbers, COEFFICIENTS, modesFrom);
        modes = Arrays.copyOfRange(numbers, modesFrom, dcFrom);
        dc = Arrays.copyOfRange(numbers, dcFrom, dcFrom + STEPS);
        ac = Arrays.copyOfRange(numbers, dcFrom + STEPS, numbers.length);
    }

    private static int[] read() {
        try (InputStream in = Vp8Tables.class.getResourceAsStream("vp8-tables.txt")) {
            if (in == null) {
                throw new IllegalStateException("vp8-tables.txt is not on the class path");
            }
            return new String(in.readAllBytes(), US_ASCII)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .flatMap(line -> Arrays.stream(line.split(" ")))
                    .mapToInt(Integer::parseInt)
                    .toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
