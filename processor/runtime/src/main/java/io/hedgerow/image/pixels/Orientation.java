package io.hedgerow.image.pixels;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import io.hedgerow.attribution.Turn;
import java.util.Arrays;

/** Turn of stored pixels before they are looked at: EXIF 2.3, tag 0x0112, in the order of its values 1 to 8. */
public enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, true, false),
    UPSIDE_DOWN(false, true, true),
    FLIPPED(false, false, true),
    TRANSPOSED(true, false, false),
    QUARTER_RIGHT(true, false, true),
    TRANSVERSED(true, true, true),
    QUARTER_LEFT(true, true, false);

    private final boolean swapped;
    private final boolean fromRight;
    private final boolean fromBottom;

    /**
     * @param swapped rows of the result are columns of the stored picture
     * @param fromRight stored columns are read from the right
     * @param fromBottom stored rows are read from the bottom
     */
    Orientation(boolean swapped, boolean fromRight, boolean fromBottom) {
        this.swapped = swapped;
        this.fromRight = fromRight;
        this.fromBottom = fromBottom;
    }

    /** Reads an EXIF block (a TIFF header and directories); upright if it says nothing that can be understood. */
    public static Orientation ofExif(byte[] bytes, int from, int to) {
        Metadata metadata = new Metadata();
        new ExifReader().extract(new ByteArrayReader(Arrays.copyOfRange(bytes, from, to)), metadata);
        for (ExifIFD0Directory directory : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
            Integer value = directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
            if (value != null && isKnown(value)) {
                return of(value);
            }
        }
        return UPRIGHT;
    }

    /** By its number in EXIF and TIFF; upright if there is none of that number. */
    public static Orientation of(int value) {
        return isKnown(value) ? values()[value - 1] : UPRIGHT;
    }

    private static boolean isKnown(int value) {
        return value >= 1 && value <= values().length;
    }

    /** Whether rows of the result are columns of the stored picture. */
    boolean swapped() {
        return swapped;
    }

    /** What it does to maps of a picture of so many stored pixels. */
    Turn turn(int width, int height) {
        return new Turn(swapped, fromRight, fromBottom, width, height);
    }
}
