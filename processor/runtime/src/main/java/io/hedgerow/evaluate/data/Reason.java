package io.hedgerow.evaluate.data;

import java.util.Locale;

/** Why something of a data set is left out. */
public enum Reason {
    PICTURE_MISSING("the picture is not there"),
    PICTURE_BAD("the picture can't be decoded"),
    NAME_OUTSIDE("the picture's name leads out of the data set's folder"),
    ANNOTATION_BAD("the annotation can't be read"),
    SIZE_DIFFERS("the annotation states another size than the picture has"),
    BOX_EMPTY("a box without area"),
    BOX_INVERTED("a box whose right or lower edge comes before its left or upper one"),
    BOX_OUTSIDE("a box outside of the picture"),
    POLYGON_BAD("a polygon without area, or with numbers that are not finite"),
    RLE_BAD("a run-length mask that does not fit its size"),
    MASK_MISSING("a picture without its mask"),
    MASK_BAD("a mask that can't be read"),
    MASK_SIZE("a mask of another size than its picture"),
    MASK_EMPTY("a mask without a pixel"),
    SHAPE_UNKNOWN("a kind of shape that has no area"),
    CLASS_UNMAPPED("a class that the class map does not name"),
    ONLY_DIFFICULT("all objects of the class are marked as difficult"),
    REGION_LARGE("the class covers too much of the picture to tell anything"),
    REGION_UNSEEN("the model's view leaves the class out, or shows nothing else"),
    MAP_NOT_FINITE("a map that is not finite"),
    SCORES_NOT_FINITE("scores that are not finite");

    private final String text;

    Reason(String text) {
        this.text = text;
    }

    /** As files have it: lower case, with hyphens. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As people read it. */
    public String text() {
        return text;
    }

    /**
     * The reason of a key.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Reason ofKey(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
