package io.hedgerow.compiler.api;

/**
 * Neighbouring rows or columns of a map that lie on the picture evenly. Coordinates are of corners, in pixels of the model's
 * input: pixel i covers i to i + 1.
 *
 * @param first row or column of the map, from 0
 * @param count of them, at least 1
 * @param centre of the first
 * @param step from each centre to the next: {@code size}, or its negative where the picture is mirrored, or 0 where one place
 *     is shown again
 * @param size of what each covers, above 0
 */
public record Run(int first, int count, double centre, double step, double size) {
    /** The centre of the row or column that comes {@code index} after the first. */
    public double centre(int index) {
        return centre + index * step;
    }

    /** Where the run begins, or ends if it is mirrored. */
    public double lowest() {
        return Math.min(centre, centre(count - 1)) - size / 2;
    }

    /** Where the run ends, or begins if it is mirrored. */
    public double highest() {
        return Math.max(centre, centre(count - 1)) + size / 2;
    }
}
