package io.hedgerow.evaluate.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One annotation of a COCO file.
 *
 * @param picture id of the picture it is of
 * @param category id of its class
 * @param outline its polygons or run-length mask, else its box; says itself what is wrong with it
 */
record CocoAnnotation(long picture, long category, Outline outline) {
    private static final int BOX = 4;

    /**
     * Reads an annotation at whose opening brace the parser is, up to its closing one.
     *
     * @param wanted ids of the pictures whose geometry is read; that of others is passed over where the id comes first
     */
    static CocoAnnotation read(JsonParser parser, Set<Long> wanted) throws IOException {
        long picture = -1;
        long category = -1;
        Outline segmentation = null;
        float[] box = new float[0];
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken token = parser.nextToken();
            boolean isOther = wanted.isEmpty() || (picture >= 0 && !wanted.contains(picture));
            if (field.equals("image_id") && token.isNumeric()) {
                picture = parser.getLongValue();
            } else if (field.equals("category_id") && token.isNumeric()) {
                category = parser.getLongValue();
            } else if (isOther) {
                parser.skipChildren();
            } else if (field.equals("segmentation")) {
                segmentation = segmentation(parser);
            } else if (field.equals("bbox") && token == JsonToken.START_ARRAY) {
                box = numbers(parser);
            } else {
                parser.skipChildren();
            }
        }
        return new CocoAnnotation(picture, category, segmentation == null ? box(box) : segmentation);
    }

    private static Outline box(float[] box) {
        if (box.length != BOX) {
            return mask -> {
                throw new BadDataException(Reason.ANNOTATION_BAD, "an object without a box and without a mask");
            };
        }
        return new BoxOutline(box[0], box[1], (double) box[0] + box[2], (double) box[1] + box[3]);
    }

    /** Null if there is none. */
    private static @Nullable Outline segmentation(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            return runLengths(parser);
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return null;
        }
        List<Outline> polygons = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == JsonToken.START_ARRAY) {
                polygons.add(new PolygonOutline(numbers(parser)));
            } else {
                parser.skipChildren();
            }
        }
        return polygons.isEmpty() ? null : union(polygons);
    }

    private static Outline union(List<Outline> polygons) {
        return mask -> {
            for (Outline polygon : polygons) {
                polygon.paint(mask);
            }
        };
    }

    private static Outline runLengths(JsonParser parser) throws IOException {
        float[] size = new float[0];
        float[] runs = new float[0];
        String text = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken token = parser.nextToken();
            if (field.equals("size") && token == JsonToken.START_ARRAY) {
                size = numbers(parser);
            } else if (field.equals("counts") && token == JsonToken.START_ARRAY) {
                runs = numbers(parser);
            } else if (field.equals("counts") && token == JsonToken.VALUE_STRING) {
                text = parser.getText();
            } else {
                parser.skipChildren();
            }
        }
        return runLengths(size, runs, text);
    }

    private static Outline runLengths(float[] size, float[] runs, @Nullable String text) {
        return mask -> {
            if (size.length != 2) {
                throw new BadDataException(Reason.RLE_BAD, "a run-length mask without a size");
            }
            int height = (int) size[0];
            int width = (int) size[1];
            RunLengthOutline outline = text == null
                    ? RunLengthOutline.of(height, width, integers(runs))
                    : RunLengthOutline.of(height, width, text);
            outline.paint(mask);
        };
    }

    private static int[] integers(float[] values) {
        int[] integers = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            integers[i] = (int) values[i];
        }
        return integers;
    }

    /** Of a flat array at whose opening bracket the parser is; what is no number becomes NaN. */
    private static float[] numbers(JsonParser parser) throws IOException {
        float[] numbers = new float[8];
        int count = 0;
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_ARRAY && token != null;
                token = parser.nextToken()) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = token.isNumeric() ? parser.getFloatValue() : Float.NaN;
            parser.skipChildren();
        }
        return Arrays.copyOf(numbers, count);
    }
}
