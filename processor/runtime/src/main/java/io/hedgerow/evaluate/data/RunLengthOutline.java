package io.hedgerow.evaluate.data;

import java.util.Arrays;

/**
 * COCO's run-length masks: runs go down the columns, those outside of the object and those inside taking turns, beginning
 * outside.
 */
final class RunLengthOutline implements Outline {
    private static final int CHARACTER_ZERO = 48;
    private static final int MORE = 0x20;
    private static final int SIGN = 0x10;
    private static final int MOST_GROUPS = 7;

    private final int height;
    private final int width;
    private final int[] runs;

    private RunLengthOutline(int height, int width, int[] runs) {
        this.height = height;
        this.width = width;
        this.runs = runs;
    }

    /** From runs as numbers; without a copy. */
    static RunLengthOutline of(int height, int width, int[] runs) {
        return new RunLengthOutline(height, width, runs);
    }

    /**
     * From COCO's compressed text: five bits a character, the lowest first, the sixth saying that more follow and the sign being the
     * last's fifth; from the fourth number on each is a difference from the one two before.
     *
     * @throws BadDataException if the text is no such thing
     */
    static RunLengthOutline of(int height, int width, String text) throws BadDataException {
        int[] runs = new int[text.length()];
        int count = 0;
        int at = 0;
        while (at < text.length()) {
            long value = 0;
            int group = 0;
            int bits;
            do {
                if (at == text.length() || group == MOST_GROUPS) {
                    throw new BadDataException(Reason.RLE_BAD, "a run-length mask whose text ends in a number");
                }
                bits = text.charAt(at++) - CHARACTER_ZERO;
                if (bits < 0 || bits > 0x3f) {
                    throw new BadDataException(Reason.RLE_BAD, "a run-length mask with a strange character");
                }
                value |= (long) (bits & 0x1f) << (5 * group++);
            } while ((bits & MORE) != 0);
            if ((bits & SIGN) != 0) {
                value |= -1L << (5 * group);
            }
            long run = count > 2 ? value + runs[count - 2] : value;
            if (run < 0 || run > Integer.MAX_VALUE) {
                throw new BadDataException(Reason.RLE_BAD, "a run-length mask with a run of " + run + " pixels");
            }
            runs[count++] = (int) run;
        }
        return new RunLengthOutline(height, width, Arrays.copyOf(runs, count));
    }

    @Override
    public void paint(Mask mask) throws BadDataException {
        if (height != mask.height() || width != mask.width()) {
            throw new BadDataException(
                    Reason.MASK_SIZE,
                    "a run-length mask of %d x %d for a picture of %d x %d"
                            .formatted(width, height, mask.width(), mask.height()));
        }
        long all = 0;
        for (int run : runs) {
            if (run < 0) {
                throw new BadDataException(Reason.RLE_BAD, "a run-length mask with a run of " + run + " pixels");
            }
            all += run;
        }
        if (all != (long) height * width) {
            throw new BadDataException(
                    Reason.RLE_BAD, "a run-length mask of %d pixels in place of %d".formatted(all, height * width));
        }
        int pixel = 0;
        int covered = 0;
        for (int i = 0; i < runs.length; i++) {
            int end = pixel + runs[i];
            if (i % 2 == 1) {
                covered += runs[i];
                for (int p = pixel; p < end; p++) {
                    mask.set(p / height, p % height);
                }
            }
            pixel = end;
        }
        if (covered == 0) {
            throw new BadDataException(Reason.MASK_EMPTY, "a run-length mask without a pixel");
        }
    }
}
